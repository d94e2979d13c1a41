<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
    <context>
        <name>AppearanceVerbs</name>
        <message>
            <source>Bone</source>
            <translation>骨</translation>
        </message>
        <message>
            <source>Brightest</source>
            <translation>最亮</translation>
        </message>
        <message>
            <source>Copied: {what}</source>
            <translation>已复制：{what}</translation>
        </message>
        <message>
            <source>Cubehelix</source>
            <translation>立方螺旋</translation>
        </message>
        <message>
            <source>Darkest</source>
            <translation>最暗</translation>
        </message>
        <message>
            <source>Grey</source>
            <translation>灰度</translation>
        </message>
        <message>
            <source>Hot</source>
            <translation>热金属</translation>
        </message>
        <message>
            <source>Magma</source>
            <translation>岩浆</translation>
        </message>
        <message>
            <source>Mean</source>
            <translation>平均</translation>
        </message>
        <message>
            <source>Nothing is measured on this slice. Take the ruler (R) and drag.</source>
            <translation>此切片上没有测量。请选择标尺 (R) 并拖动。</translation>
        </message>
        <message>
            <source>Viridis</source>
            <translation>翠绿</translation>
        </message>
        <message>
            <source>{n} mm</source>
            <translation>{n} mm</translation>
        </message>
    </context>
    <context>
        <name>Bubble</name>
        <message>
            <source>Change reviewed slices</source>
            <translation>修改已审核的切片</translation>
        </message>
        <message>
            <source>Include this</source>
            <translation>包含此处</translation>
        </message>
        <message>
            <source>Mend it</source>
            <translation>解决</translation>
        </message>
        <message>
            <source>New label</source>
            <translation>新建标签</translation>
        </message>
        <message>
            <source>Paint over everything</source>
            <translation>覆盖所有标签</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>显示</translation>
        </message>
        <message>
            <source>Stop it</source>
            <translation>停下它</translation>
        </message>
        <message>
            <source>Tolerate more</source>
            <translation>放宽容差</translation>
        </message>
        <message>
            <source>Unlock</source>
            <translation>解锁</translation>
        </message>
        <message>
            <source>Why nothing was painted</source>
            <translation>未绘制的原因</translation>
        </message>
    </context>
    <context>
        <name>Canvas</name>
        <message>
            <source>- - proposal · Enter accepts, paint takes over</source>
            <translation>- - 建议 · 按 Enter 接受，绘制即接管</translation>
        </message>
        <message>
            <source>A thick slab is shown, which is to look at only. Show single slices to draw (Shift+T).</source>
            <translation>当前显示的是厚层，仅供查看。请切换到单层切片再绘制 (Shift+T)。</translation>
        </message>
        <message>
            <source>Maximum of {size}</source>
            <translation>{size} 的最大值</translation>
        </message>
        <message>
            <source>Mean of {size}</source>
            <translation>{size} 的平均值</translation>
        </message>
        <message>
            <source>Minimum of {size}</source>
            <translation>{size} 的最小值</translation>
        </message>
        <message>
            <source>Slice</source>
            <translation>切片</translation>
        </message>
        <message>
            <source>Slice {0} / {1}</source>
            <translation>切片 {0} / {1}</translation>
        </message>
        <message>
            <source>There is no label here to pick.</source>
            <translation>此处没有可拾取的标签。</translation>
        </message>
        <message>
            <source>W {0}  L {1}</source>
            <translation>窗宽 {0}  窗位 {1}</translation>
        </message>
        <message>
            <source>mm</source>
            <translation>毫米</translation>
        </message>
        <message>
            <source>px</source>
            <translation>像素</translation>
        </message>
        <message>
            <source>slices</source>
            <translation>切片</translation>
        </message>
    </context>
    <context>
        <name>CasesPanel</name>
        <message>
            <source>All cases</source>
            <translation>全部病例</translation>
        </message>
        <message>
            <source>As they were added</source>
            <translation>按添加顺序</translation>
        </message>
        <message>
            <source>By name</source>
            <translation>按名称</translation>
        </message>
        <message>
            <source>CASES</source>
            <translation>病例</translation>
        </message>
        <message>
            <source>Cases</source>
            <translation>病例</translation>
        </message>
        <message>
            <source>Click a case to open it; right-click for more</source>
            <translation>单击病例将其打开；右键单击查看更多操作</translation>
        </message>
        <message>
            <source>Drop DICOM folders, NIfTI files or pictures here</source>
            <translation>将 DICOM 文件夹、NIfTI 文件或图片拖放到此处</translation>
        </message>
        <message>
            <source>Filter</source>
            <translation>筛选</translation>
        </message>
        <message>
            <source>Filter the cases</source>
            <translation>筛选病例</translation>
        </message>
        <message>
            <source>Flagged</source>
            <translation>已标记</translation>
        </message>
        <message>
            <source>Least reviewed first</source>
            <translation>审核最少的在前</translation>
        </message>
        <message>
            <source>Not yet reviewed</source>
            <translation>尚未审核</translation>
        </message>
        <message>
            <source>Reviewed</source>
            <translation>已审核</translation>
        </message>
        <message>
            <source>Which cases, and in which order</source>
            <translation>显示哪些病例及其顺序</translation>
        </message>
        <message>
            <source>With edited slices</source>
            <translation>有已编辑切片的</translation>
        </message>
        <message>
            <source>With predicted slices</source>
            <translation>有预测切片的</translation>
        </message>
        <message>
            <source>With untouched slices</source>
            <translation>有未处理切片的</translation>
        </message>
        <message>
            <source>Words of a name or a comment (Ctrl+F)</source>
            <translation>名称或备注中的词 (Ctrl+F)</translation>
        </message>
        <message>
            <source>predicted</source>
            <translation>已预测</translation>
        </message>
        <message>
            <source>reviewed</source>
            <translation>已审核</translation>
        </message>
        <message>
            <source>untouched</source>
            <translation>未处理</translation>
        </message>
        <message>
            <source>{done} of {all}</source>
            <translation>{done} / {all}</translation>
        </message>
        <message>
            <source>{n} frames</source>
            <translation>{n} 帧</translation>
        </message>
    </context>
    <context>
        <name>CheckpointsDialog</name>
        <message>
            <source>Before</source>
            <translation>之前</translation>
        </message>
        <message>
            <source>Checkpoints</source>
            <translation>检查点</translation>
        </message>
        <message>
            <source>Delete…</source>
            <translation>删除…</translation>
        </message>
        <message>
            <source>Each training leaves a checkpoint. The active one predicts; going back is one click.</source>
            <translation>每次训练都会留下一个检查点。由启用的检查点进行预测；单击一下即可退回。</translation>
        </message>
        <message>
            <source>Held-out Dice</source>
            <translation>留出 Dice</translation>
        </message>
        <message>
            <source>Learned from</source>
            <translation>学习自</translation>
        </message>
        <message>
            <source>Made</source>
            <translation>创建时间</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>名称</translation>
        </message>
        <message>
            <source>Rename…</source>
            <translation>重命名…</translation>
        </message>
        <message>
            <source>Scored on</source>
            <translation>评分依据</translation>
        </message>
        <message>
            <source>Select a checkpoint, then choose below</source>
            <translation>选择一个检查点，然后在下方选择操作</translation>
        </message>
        <message>
            <source>There is no checkpoint yet. Review a slice (Enter), then click Retrain: it makes the first.</source>
            <translation>还没有检查点。请审核一张切片（Enter），然后点击“重新训练”：它会生成第一个检查点。</translation>
        </message>
        <message>
            <source>Use this one</source>
            <translation>使用此检查点</translation>
        </message>
        <message>
            <source>active</source>
            <translation>启用中</translation>
        </message>
        <message>
            <source>not enough held-out slices</source>
            <translation>留出切片不足</translation>
        </message>
        <message>
            <source>{n} slices</source>
            <translation>{n} 张切片</translation>
        </message>
    </context>
    <context>
        <name>CommandPalette</name>
        <message>
            <source>A few letters of its name; Enter runs it, Esc closes</source>
            <translation>输入名称中的几个字母；回车执行，Esc 关闭</translation>
        </message>
        <message>
            <source>Click a command to run it</source>
            <translation>单击命令即可执行</translation>
        </message>
        <message>
            <source>Commands found</source>
            <translation>找到的命令</translation>
        </message>
        <message>
            <source>Find a command</source>
            <translation>查找命令</translation>
        </message>
        <message>
            <source>Letters of the command's name</source>
            <translation>命令名称中的字母</translation>
        </message>
        <message>
            <source>No command is called like this.</source>
            <translation>没有这样的命令。</translation>
        </message>
    </context>
    <context>
        <name>Commands</name>
        <message>
            <source>A DICOM folder, or a folder of scans</source>
            <translation>DICOM 文件夹，或存放扫描的文件夹</translation>
        </message>
        <message>
            <source>A folder that keeps your labels and networks</source>
            <translation>保存您的标签和网络的文件夹</translation>
        </message>
        <message>
            <source>A folder whose name ends in .unetstudio</source>
            <translation>名称以 .unetstudio 结尾的文件夹</translation>
        </message>
        <message>
            <source>A haze over what the network is unsure of</source>
            <translation>在网络不确定之处显示薄雾</translation>
        </message>
        <message>
            <source>A real brain scan with a few slices labelled</source>
            <translation>一份真实的脑部扫描，其中几张切片已标注</translation>
        </message>
        <message>
            <source>A single plane fills the room</source>
            <translation>单个平面占满空间</translation>
        </message>
        <message>
            <source>About UNet Studio</source>
            <translation>关于 UNet Studio</translation>
        </message>
        <message>
            <source>Accept all proposals</source>
            <translation>接受所有建议</translation>
        </message>
        <message>
            <source>Accept the proposal here</source>
            <translation>接受此处的建议</translation>
        </message>
        <message>
            <source>Adaptive brush</source>
            <translation>自适应画笔</translation>
        </message>
        <message>
            <source>All of the program explained, with search</source>
            <translation>讲解整个程序，可搜索</translation>
        </message>
        <message>
            <source>All that was done on this case; click to go back or forth</source>
            <translation>此病例上的所有操作；单击可退回或前进</translation>
        </message>
        <message>
            <source>All within a range of intensities; Otsu's to begin with</source>
            <translation>强度范围内的全部体素；初始为 Otsu 阈值</translation>
        </message>
        <message>
            <source>Angle</source>
            <translation>角度</translation>
        </message>
        <message>
            <source>Automatic window</source>
            <translation>自动窗</translation>
        </message>
        <message>
            <source>Axial</source>
            <translation>横断面</translation>
        </message>
        <message>
            <source>Brush</source>
            <translation>画笔</translation>
        </message>
        <message>
            <source>Brush size</source>
            <translation>画笔大小</translation>
        </message>
        <message>
            <source>By mm, the same in all directions</source>
            <translation>按毫米，各方向相同</translation>
        </message>
        <message>
            <source>By name or comment</source>
            <translation>按名称或备注</translation>
        </message>
        <message>
            <source>By shape; the result is proposed on the slices between</source>
            <translation>按形状插值；结果作为中间切片的建议</translation>
        </message>
        <message>
            <source>By their voxels, in a folder you choose</source>
            <translation>在您选择的文件夹中按体素查找</translation>
        </message>
        <message>
            <source>Checkpoints…</source>
            <translation>检查点…</translation>
        </message>
        <message>
            <source>Clear this slice</source>
            <translation>清空此切片</translation>
        </message>
        <message>
            <source>Click along an edge; the line clings to it</source>
            <translation>沿边缘点击，线会贴合边缘</translation>
        </message>
        <message>
            <source>Click corners or draw; points can be dragged; Enter closes</source>
            <translation>点击或手绘；可拖动各点；Enter 闭合</translation>
        </message>
        <message>
            <source>Click on it, and choose the label</source>
            <translation>单击该岛，并选择标签</translation>
        </message>
        <message>
            <source>Click on it; the label's other parts go</source>
            <translation>单击该岛；该标签的其他部分将被去除</translation>
        </message>
        <message>
            <source>Click on it; the label's other parts stay</source>
            <translation>单击该岛；该标签的其他部分保留</translation>
        </message>
        <message>
            <source>Click one end, the corner, the other end; Esc clears</source>
            <translation>依次单击一端、顶点、另一端；Esc 清除</translation>
        </message>
        <message>
            <source>Close project</source>
            <translation>关闭项目</translation>
        </message>
        <message>
            <source>Closing…</source>
            <translation>闭运算…</translation>
        </message>
        <message>
            <source>Comment on this case…</source>
            <translation>备注此病例…</translation>
        </message>
        <message>
            <source>Compare…</source>
            <translation>比较…</translation>
        </message>
        <message>
            <source>Copy another label here…</source>
            <translation>复制另一标签到此…</translation>
        </message>
        <message>
            <source>Copy labels from the frame after</source>
            <translation>从后一帧复制标签</translation>
        </message>
        <message>
            <source>Copy labels from the frame before</source>
            <translation>从前一帧复制标签</translation>
        </message>
        <message>
            <source>Copy labels from the slice after</source>
            <translation>复制后一张切片的标签</translation>
        </message>
        <message>
            <source>Copy labels from the slice before</source>
            <translation>复制前一张切片的标签</translation>
        </message>
        <message>
            <source>Copy measurements</source>
            <translation>复制测量值</translation>
        </message>
        <message>
            <source>Coronal</source>
            <translation>冠状面</translation>
        </message>
        <message>
            <source>Ctrl+wheel</source>
            <translation>Ctrl+滚轮</translation>
        </message>
        <message>
            <source>Cut away near another label…</source>
            <translation>切除另一标签附近的部分…</translation>
        </message>
        <message>
            <source>DICOM SEG, 3D Slicer, NIfTI, surfaces or a table</source>
            <translation>DICOM SEG、3D Slicer、NIfTI、表面或表格</translation>
        </message>
        <message>
            <source>Dark and bright are swapped</source>
            <translation>明暗互换</translation>
        </message>
        <message>
            <source>Do it again</source>
            <translation>重新执行</translation>
        </message>
        <message>
            <source>Drag for width and level; Ctrl+drag round a region; double-click resets</source>
            <translation>拖动调整窗宽和窗位；Ctrl+拖动框选区域；双击恢复</translation>
        </message>
        <message>
            <source>Drag from end to end; Esc clears, Ctrl+C copies</source>
            <translation>从一端拖到另一端；Esc 清除，Ctrl+C 复制</translation>
        </message>
        <message>
            <source>Drag to move, right-drag to zoom</source>
            <translation>拖动以移动，右键拖动以缩放</translation>
        </message>
        <message>
            <source>Drag; Shift makes a circle, Alt draws from the centre</source>
            <translation>拖动；Shift 为正圆，Alt 从中心绘制</translation>
        </message>
        <message>
            <source>Drag; Shift squares it, Alt draws from the centre</source>
            <translation>拖动；Shift 为正方，Alt 从中心绘制</translation>
        </message>
        <message>
            <source>Draw</source>
            <translation>绘制</translation>
        </message>
        <message>
            <source>Draw; right-drag erases</source>
            <translation>绘制；右键拖动为擦除</translation>
        </message>
        <message>
            <source>Each of the two becomes what the other was</source>
            <translation>两者互换范围</translation>
        </message>
        <message>
            <source>Each part gets a label of its own, the largest keeps this one</source>
            <translation>每个部分得到自己的标签，最大的保留原标签</translation>
        </message>
        <message>
            <source>Edit</source>
            <translation>编辑</translation>
        </message>
        <message>
            <source>Ellipse</source>
            <translation>椭圆</translation>
        </message>
        <message>
            <source>Erase</source>
            <translation>擦除</translation>
        </message>
        <message>
            <source>Erase label…</source>
            <translation>擦除标签…</translation>
        </message>
        <message>
            <source>Eraser</source>
            <translation>橡皮擦</translation>
        </message>
        <message>
            <source>Every setting, with search</source>
            <translation>所有设置，可搜索</translation>
        </message>
        <message>
            <source>Everything is saved already</source>
            <translation>一切均已保存</translation>
        </message>
        <message>
            <source>Exchange with another label…</source>
            <translation>与另一标签互换…</translation>
        </message>
        <message>
            <source>Export labels…</source>
            <translation>导出标签…</translation>
        </message>
        <message>
            <source>Export picture…</source>
            <translation>导出图片…</translation>
        </message>
        <message>
            <source>File</source>
            <translation>文件</translation>
        </message>
        <message>
            <source>Fill</source>
            <translation>填充</translation>
        </message>
        <message>
            <source>Fill between slices…</source>
            <translation>切片间填充…</translation>
        </message>
        <message>
            <source>Fill holes…</source>
            <translation>填充孔洞…</translation>
        </message>
        <message>
            <source>Fills the connected area under the cursor</source>
            <translation>填充光标下的连通区域</translation>
        </message>
        <message>
            <source>Filter the cases</source>
            <translation>筛选病例</translation>
        </message>
        <message>
            <source>Find a command…</source>
            <translation>查找命令…</translation>
        </message>
        <message>
            <source>Find moved scans…</source>
            <translation>查找已移动的扫描…</translation>
        </message>
        <message>
            <source>Finish training</source>
            <translation>结束训练</translation>
        </message>
        <message>
            <source>First slice</source>
            <translation>第一张切片</translation>
        </message>
        <message>
            <source>Fit to window</source>
            <translation>适合窗口</translation>
        </message>
        <message>
            <source>Flag this case</source>
            <translation>标记此病例</translation>
        </message>
        <message>
            <source>For demonstrations: names of cases, projects and files give way to numbers</source>
            <translation>用于演示：病例、项目和文件的名称以编号代替</translation>
        </message>
        <message>
            <source>Four views</source>
            <translation>四个视图</translation>
        </message>
        <message>
            <source>From the 0.5th to the 99.5th percentile</source>
            <translation>从第 0.5 到第 99.5 百分位</translation>
        </message>
        <message>
            <source>Gaps and clefts are filled</source>
            <translation>填补间隙和裂缝</translation>
        </message>
        <message>
            <source>Geometry, values and DICOM tags of the open scan</source>
            <translation>当前扫描的几何、数值和 DICOM 标记</translation>
        </message>
        <message>
            <source>Give an island another label…</source>
            <translation>将一个岛改为另一标签…</translation>
        </message>
        <message>
            <source>Go</source>
            <translation>转到</translation>
        </message>
        <message>
            <source>Go back to an older copy of a project</source>
            <translation>恢复项目的较早副本</translation>
        </message>
        <message>
            <source>Grey, bone, hot, cubehelix, viridis, magma</source>
            <translation>灰度、骨色、热金属、立方螺旋、翠绿、岩浆</translation>
        </message>
        <message>
            <source>Grow margin…</source>
            <translation>外扩边缘…</translation>
        </message>
        <message>
            <source>Grow region</source>
            <translation>区域生长</translation>
        </message>
        <message>
            <source>Guide</source>
            <translation>指南</translation>
        </message>
        <message>
            <source>Help</source>
            <translation>帮助</translation>
        </message>
        <message>
            <source>Hide identities</source>
            <translation>隐藏身份信息</translation>
        </message>
        <message>
            <source>History</source>
            <translation>历史</translation>
        </message>
        <message>
            <source>Hold it, or press again to put it away</source>
            <translation>按住使用，或再按一次收起</translation>
        </message>
        <message>
            <source>Hold the key of Show labels</source>
            <translation>按住“显示标签”的按键</translation>
        </message>
        <message>
            <source>Hold to peek</source>
            <translation>按住以临时查看</translation>
        </message>
        <message>
            <source>Hollow…</source>
            <translation>挖空…</translation>
        </message>
        <message>
            <source>Import labels…</source>
            <translation>导入标签…</translation>
        </message>
        <message>
            <source>Interpolate between pixels</source>
            <translation>在像素之间插值</translation>
        </message>
        <message>
            <source>Invert</source>
            <translation>反相</translation>
        </message>
        <message>
            <source>Invert…</source>
            <translation>反转标签…</translation>
        </message>
        <message>
            <source>Keep largest island…</source>
            <translation>保留最大岛…</translation>
        </message>
        <message>
            <source>Keep one island…</source>
            <translation>只保留一个岛…</translation>
        </message>
        <message>
            <source>Keep only near another label…</source>
            <translation>仅保留另一标签附近的部分…</translation>
        </message>
        <message>
            <source>Kept in the project, shown in the list</source>
            <translation>保存在项目中，显示在列表里</translation>
        </message>
        <message>
            <source>Keys…</source>
            <translation>按键…</translation>
        </message>
        <message>
            <source>Label and background change places</source>
            <translation>标签与背景互换</translation>
        </message>
        <message>
            <source>Labels and tools</source>
            <translation>标签和工具</translation>
        </message>
        <message>
            <source>Labels more opaque</source>
            <translation>标签更不透明</translation>
        </message>
        <message>
            <source>Labels more transparent</source>
            <translation>标签更透明</translation>
        </message>
        <message>
            <source>Larger brush</source>
            <translation>增大画笔</translation>
        </message>
        <message>
            <source>Last slice</source>
            <translation>最后一张切片</translation>
        </message>
        <message>
            <source>Learn no more; what has been learned so far is scored and kept</source>
            <translation>不再学习；为目前学到的内容评分并保留</translation>
        </message>
        <message>
            <source>Learns from the reviewed slices</source>
            <translation>从已审核的切片中学习</translation>
        </message>
        <message>
            <source>Left button</source>
            <translation>左键</translation>
        </message>
        <message>
            <source>Lengths and angles on this slice, as text</source>
            <translation>此切片上的长度和角度（文本）</translation>
        </message>
        <message>
            <source>Live-wire</source>
            <translation>活线</translation>
        </message>
        <message>
            <source>Magnifier</source>
            <translation>放大镜</translation>
        </message>
        <message>
            <source>Mark as not reviewed</source>
            <translation>标记为未审核</translation>
        </message>
        <message>
            <source>Mark reviewed and go on</source>
            <translation>标记为已审核并继续</translation>
        </message>
        <message>
            <source>Maximise this view</source>
            <translation>最大化此视图</translation>
        </message>
        <message>
            <source>Median smoothing…</source>
            <translation>中值平滑…</translation>
        </message>
        <message>
            <source>Median: rough edges and specks go</source>
            <translation>中值：去除毛边和斑点</translation>
        </message>
        <message>
            <source>Merge another label in…</source>
            <translation>并入另一标签…</translation>
        </message>
        <message>
            <source>Middle button, or Space and left</source>
            <translation>中键，或空格加左键</translation>
        </message>
        <message>
            <source>Move the picture</source>
            <translation>移动图像</translation>
        </message>
        <message>
            <source>NIfTI, NRRD, .seg.nrrd, DICOM SEG or RTSTRUCT, PNG, laid on this scan</source>
            <translation>NIfTI、NRRD、.seg.nrrd、DICOM SEG 或 RTSTRUCT、PNG，叠放到此扫描上</translation>
        </message>
        <message>
            <source>NIfTI, NRRD, MHA, DICOM or pictures</source>
            <translation>NIfTI、NRRD、MHA、DICOM 或图片</translation>
        </message>
        <message>
            <source>Navigate</source>
            <translation>浏览</translation>
        </message>
        <message>
            <source>Neighbouring slices as one; to look at only</source>
            <translation>将相邻切片合为一层；仅供查看</translation>
        </message>
        <message>
            <source>Neighbours keep touching</source>
            <translation>相邻标签保持相接</translation>
        </message>
        <message>
            <source>Network</source>
            <translation>网络</translation>
        </message>
        <message>
            <source>New label</source>
            <translation>新建标签</translation>
        </message>
        <message>
            <source>New project…</source>
            <translation>新建项目…</translation>
        </message>
        <message>
            <source>Next and previous slice</source>
            <translation>下一层与上一层</translation>
        </message>
        <message>
            <source>Next case</source>
            <translation>下一个病例</translation>
        </message>
        <message>
            <source>Next colour map</source>
            <translation>下一个色图</translation>
        </message>
        <message>
            <source>Next frame</source>
            <translation>下一帧</translation>
        </message>
        <message>
            <source>Next label</source>
            <translation>下一个标签</translation>
        </message>
        <message>
            <source>Next slice</source>
            <translation>下一张切片</translation>
        </message>
        <message>
            <source>Next slice to correct</source>
            <translation>下一张待修正的切片</translation>
        </message>
        <message>
            <source>No proposal on this slice.</source>
            <translation>此层没有建议。</translation>
        </message>
        <message>
            <source>No slice has a proposal.</source>
            <translation>没有切片带有建议。</translation>
        </message>
        <message>
            <source>No training goes on that has learned anything yet.</source>
            <translation>当前没有已学到内容的训练。</translation>
        </message>
        <message>
            <source>Not possible here.</source>
            <translation>此处无法执行。</translation>
        </message>
        <message>
            <source>Nothing is being predicted or trained.</source>
            <translation>当前没有进行预测或训练。</translation>
        </message>
        <message>
            <source>Nothing to do again.</source>
            <translation>没有可重做的操作。</translation>
        </message>
        <message>
            <source>Nothing to undo.</source>
            <translation>没有可撤销的操作。</translation>
        </message>
        <message>
            <source>Of each label's parts, only the largest stays</source>
            <translation>标签各部分中只保留最大的</translation>
        </message>
        <message>
            <source>On every slice of this case</source>
            <translation>应用于此病例的每张切片</translation>
        </message>
        <message>
            <source>On the side of the window</source>
            <translation>位于窗口侧边</translation>
        </message>
        <message>
            <source>On this slice, or everywhere</source>
            <translation>在此切片或所有切片上</translation>
        </message>
        <message>
            <source>One large plane and two small ones</source>
            <translation>一个大平面和两个小平面</translation>
        </message>
        <message>
            <source>One step back in time, in a 4-D scan</source>
            <translation>在 4-D 扫描中后退一个时间步</translation>
        </message>
        <message>
            <source>One step on in time, in a 4-D scan</source>
            <translation>在 4-D 扫描中前进一个时间步</translation>
        </message>
        <message>
            <source>One view</source>
            <translation>一个视图</translation>
        </message>
        <message>
            <source>Only a wall of some mm stays</source>
            <translation>只保留若干毫米厚的壁</translation>
        </message>
        <message>
            <source>Only reviewed slices train</source>
            <translation>只有已审核的切片参与训练</translation>
        </message>
        <message>
            <source>Open a case first.</source>
            <translation>请先打开一个病例。</translation>
        </message>
        <message>
            <source>Open a folder of scans…</source>
            <translation>打开扫描文件夹…</translation>
        </message>
        <message>
            <source>Open project…</source>
            <translation>打开项目…</translation>
        </message>
        <message>
            <source>Open scans or a project first.</source>
            <translation>请先打开扫描或项目。</translation>
        </message>
        <message>
            <source>Open scans…</source>
            <translation>打开扫描…</translation>
        </message>
        <message>
            <source>Open the sample</source>
            <translation>打开示例</translation>
        </message>
        <message>
            <source>Opening…</source>
            <translation>开运算…</translation>
        </message>
        <message>
            <source>Outlines only</source>
            <translation>仅显示轮廓</translation>
        </message>
        <message>
            <source>Paints only what resembles the place where the stroke began</source>
            <translation>只绘制与笔画起点相似之处</translation>
        </message>
        <message>
            <source>Paints only within a range of intensities</source>
            <translation>只在强度范围内绘制</translation>
        </message>
        <message>
            <source>Parts below a size go</source>
            <translation>去除小于某尺寸的部分</translation>
        </message>
        <message>
            <source>Peek below the labels</source>
            <translation>暂看标签下方</translation>
        </message>
        <message>
            <source>Pick label</source>
            <translation>拾取标签</translation>
        </message>
        <message>
            <source>Pictures, volumes, work, network and scores on one page, PDF or HTML</source>
            <translation>图片、体积、工作、网络和评分汇于一页，PDF 或 HTML</translation>
        </message>
        <message>
            <source>Polygon</source>
            <translation>多边形</translation>
        </message>
        <message>
            <source>Predict</source>
            <translation>预测</translation>
        </message>
        <message>
            <source>Preferences…</source>
            <translation>首选项…</translation>
        </message>
        <message>
            <source>Press and drag up or down; release applies</source>
            <translation>按下并上下拖动，松开即应用</translation>
        </message>
        <message>
            <source>Previous case</source>
            <translation>上一个病例</translation>
        </message>
        <message>
            <source>Previous frame</source>
            <translation>上一帧</translation>
        </message>
        <message>
            <source>Previous label</source>
            <translation>上一个标签</translation>
        </message>
        <message>
            <source>Previous slice</source>
            <translation>上一张切片</translation>
        </message>
        <message>
            <source>Proposals stay, what a training has learned does not</source>
            <translation>建议会保留，训练所学的内容不会保留</translation>
        </message>
        <message>
            <source>Proposes labels; never touches edited or reviewed slices</source>
            <translation>给出标签建议；绝不改动已编辑或已审核的切片</translation>
        </message>
        <message>
            <source>Quit</source>
            <translation>退出</translation>
        </message>
        <message>
            <source>Rectangle</source>
            <translation>矩形</translation>
        </message>
        <message>
            <source>Redo</source>
            <translation>重做</translation>
        </message>
        <message>
            <source>Remove one island…</source>
            <translation>移除一个岛…</translation>
        </message>
        <message>
            <source>Remove small islands…</source>
            <translation>移除小岛…</translation>
        </message>
        <message>
            <source>Removes unlocked labels</source>
            <translation>移除未锁定的标签</translation>
        </message>
        <message>
            <source>Removes unlocked labels from the slice</source>
            <translation>从切片中移除未锁定的标签</translation>
        </message>
        <message>
            <source>Report of this case…</source>
            <translation>此病例的报告…</translation>
        </message>
        <message>
            <source>Restore a backup…</source>
            <translation>恢复备份…</translation>
        </message>
        <message>
            <source>Retrain</source>
            <translation>重新训练</translation>
        </message>
        <message>
            <source>Right button, or Ctrl and left</source>
            <translation>右键，或 Ctrl 加左键</translation>
        </message>
        <message>
            <source>Ruler</source>
            <translation>标尺</translation>
        </message>
        <message>
            <source>Sagittal</source>
            <translation>矢状面</translation>
        </message>
        <message>
            <source>Scan information…</source>
            <translation>扫描信息…</translation>
        </message>
        <message>
            <source>Scores, go back, rename, delete</source>
            <translation>评分、退回、重命名、删除</translation>
        </message>
        <message>
            <source>See, search and change the keys of all commands</source>
            <translation>查看、搜索和更改所有命令的按键</translation>
        </message>
        <message>
            <source>Seen from the feet</source>
            <translation>从足侧观察</translation>
        </message>
        <message>
            <source>Seen from the front</source>
            <translation>从前方观察</translation>
        </message>
        <message>
            <source>Seen from the side</source>
            <translation>从侧面观察</translation>
        </message>
        <message>
            <source>Segment</source>
            <translation>分割</translation>
        </message>
        <message>
            <source>Set pixel size…</source>
            <translation>设置像素大小…</translation>
        </message>
        <message>
            <source>Shift+wheel</source>
            <translation>Shift+滚轮</translation>
        </message>
        <message>
            <source>Show labels</source>
            <translation>显示标签</translation>
        </message>
        <message>
            <source>Shrink margin…</source>
            <translation>内缩边缘…</translation>
        </message>
        <message>
            <source>Size and intensity of each label</source>
            <translation>每个标签的大小和强度</translation>
        </message>
        <message>
            <source>Smaller brush</source>
            <translation>减小画笔</translation>
        </message>
        <message>
            <source>Smooth all labels together…</source>
            <translation>同时平滑所有标签…</translation>
        </message>
        <message>
            <source>Smooth pixels</source>
            <translation>平滑像素</translation>
        </message>
        <message>
            <source>Split islands into labels…</source>
            <translation>将各岛拆分为标签…</translation>
        </message>
        <message>
            <source>Statistics</source>
            <translation>统计</translation>
        </message>
        <message>
            <source>Stop predicting and training</source>
            <translation>停止预测和训练</translation>
        </message>
        <message>
            <source>Swap brush and eraser</source>
            <translation>切换画笔和橡皮擦</translation>
        </message>
        <message>
            <source>Take back the last action</source>
            <translation>撤销上一步操作</translation>
        </message>
        <message>
            <source>Takes the label under the cursor</source>
            <translation>取用光标下的标签</translation>
        </message>
        <message>
            <source>The loop in five steps; Esc leaves it</source>
            <translation>五步了解工作循环；Esc 退出</translation>
        </message>
        <message>
            <source>The other label becomes this one</source>
            <translation>另一标签变为此标签</translation>
        </message>
        <message>
            <source>The proposal becomes labels</source>
            <translation>建议成为标签</translation>
        </message>
        <message>
            <source>The slice no longer trains</source>
            <translation>此切片不再参与训练</translation>
        </message>
        <message>
            <source>The slice on the screen with its outlines, as a PNG</source>
            <translation>屏幕上的切片及其轮廓，保存为 PNG</translation>
        </message>
        <message>
            <source>The view under the pointer fills the room, or goes back</source>
            <translation>指针下的视图占满空间，或恢复原状</translation>
        </message>
        <message>
            <source>Thick slab</source>
            <translation>厚层</translation>
        </message>
        <message>
            <source>Thin bridges and spurs go</source>
            <translation>去除细桥和毛刺</translation>
        </message>
        <message>
            <source>This label becomes what the other one was, which is empty then: a voxel has one label</source>
            <translation>此标签变为另一标签原来的范围，后者随之为空：一个体素只有一个标签</translation>
        </message>
        <message>
            <source>This project is open to look only.</source>
            <translation>此项目以仅查看方式打开。</translation>
        </message>
        <message>
            <source>This scan has a single slice.</source>
            <translation>此扫描只有一张切片。</translation>
        </message>
        <message>
            <source>This slice is not reviewed.</source>
            <translation>此层尚未审核。</translation>
        </message>
        <message>
            <source>This slice of a 4-D scan, one frame earlier</source>
            <translation>4-D 扫描的此切片，早一帧</translation>
        </message>
        <message>
            <source>This slice of a 4-D scan, one frame later</source>
            <translation>4-D 扫描的此切片，晚一帧</translation>
        </message>
        <message>
            <source>Three planes and the labels' surface</source>
            <translation>三个平面和标签表面</translation>
        </message>
        <message>
            <source>Three views</source>
            <translation>三个视图</translation>
        </message>
        <message>
            <source>Threshold paint</source>
            <translation>阈值绘制</translation>
        </message>
        <message>
            <source>Threshold…</source>
            <translation>阈值分割…</translation>
        </message>
        <message>
            <source>To find it again in the list; once more takes the flag away</source>
            <translation>便于在列表中再次找到；再按一次取消标记</translation>
        </message>
        <message>
            <source>Tools</source>
            <translation>工具</translation>
        </message>
        <message>
            <source>Tour</source>
            <translation>导览</translation>
        </message>
        <message>
            <source>Two checkpoints, or labels and proposals, side by side</source>
            <translation>并排比较两个检查点，或标签与建议</translation>
        </message>
        <message>
            <source>Two planes side by side</source>
            <translation>两个平面并排</translation>
        </message>
        <message>
            <source>Two views</source>
            <translation>两个视图</translation>
        </message>
        <message>
            <source>Type a few letters of its name, then Enter</source>
            <translation>输入名称中的几个字母，然后回车</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>撤销</translation>
        </message>
        <message>
            <source>View</source>
            <translation>视图</translation>
        </message>
        <message>
            <source>What a label encloses</source>
            <translation>标签所包围的部分</translation>
        </message>
        <message>
            <source>What lies farther than mm from the other label goes</source>
            <translation>去除离另一标签超过若干毫米的部分</translation>
        </message>
        <message>
            <source>What lies within mm of the other label goes</source>
            <translation>去除离另一标签若干毫米以内的部分</translation>
        </message>
        <message>
            <source>Wheel</source>
            <translation>滚轮</translation>
        </message>
        <message>
            <source>Where a correction helps most</source>
            <translation>修正最有帮助之处</translation>
        </message>
        <message>
            <source>Where the proposal may be wrong</source>
            <translation>建议可能有误之处</translation>
        </message>
        <message>
            <source>Where the scan's file does not tell it</source>
            <translation>用于扫描文件未给出的情况</translation>
        </message>
        <message>
            <source>Window</source>
            <translation>窗</translation>
        </message>
        <message>
            <source>Window preset 1</source>
            <translation>窗预设 1</translation>
        </message>
        <message>
            <source>Window preset 2</source>
            <translation>窗预设 2</translation>
        </message>
        <message>
            <source>Window preset 3</source>
            <translation>窗预设 3</translation>
        </message>
        <message>
            <source>Window preset 4</source>
            <translation>窗预设 4</translation>
        </message>
        <message>
            <source>Window preset 5</source>
            <translation>窗预设 5</translation>
        </message>
        <message>
            <source>Window preset 6</source>
            <translation>窗预设 6</translation>
        </message>
        <message>
            <source>Zoom at the pointer</source>
            <translation>在指针处缩放</translation>
        </message>
        <message>
            <source>Zoom in</source>
            <translation>放大</translation>
        </message>
        <message>
            <source>Zoom out</source>
            <translation>缩小</translation>
        </message>
    </context>
    <context>
        <name>CompareDialog</name>
        <message numerus="yes">
            <source>%n pixel(s) differ</source>
            <translation>
                <numerusform>%n 个像素不同</numerusform>
            </translation>
        </message>
        <message>
            <source>Agreement on this slice (Dice): {list}</source>
            <translation>此切片上的一致性 (Dice)：{list}</translation>
        </message>
        <message>
            <source>Compare</source>
            <translation>比较</translation>
        </message>
        <message>
            <source>Each on a half of its own</source>
            <translation>各占一半</translation>
        </message>
        <message>
            <source>How both are shown</source>
            <translation>两者的显示方式</translation>
        </message>
        <message>
            <source>Labels</source>
            <translation>标签</translation>
        </message>
        <message>
            <source>One over the other, with a divider to drag</source>
            <translation>上下重叠，拖动分隔线</translation>
        </message>
        <message>
            <source>Proposals</source>
            <translation>建议</translation>
        </message>
        <message>
            <source>Side by side</source>
            <translation>并排</translation>
        </message>
        <message>
            <source>Swipe</source>
            <translation>卷帘</translation>
        </message>
        <message>
            <source>The network is asked about this slice…</source>
            <translation>正在询问网络此切片的结果…</translation>
        </message>
        <message>
            <source>There is no proposal for this slice.</source>
            <translation>此切片没有建议。</translation>
        </message>
        <message>
            <source>Whose outlines are on the left</source>
            <translation>左侧显示谁的轮廓</translation>
        </message>
        <message>
            <source>Whose outlines are on the right</source>
            <translation>右侧显示谁的轮廓</translation>
        </message>
    </context>
    <context>
        <name>CurvePlot</name>
        <message>
            <source>Grey: training loss. Coloured: Dice on the held-out slices</source>
            <translation>灰色：训练损失。彩色：留出切片上的 Dice</translation>
        </message>
        <message>
            <source>Training curves</source>
            <translation>训练曲线</translation>
        </message>
    </context>
    <context>
        <name>Divider</name>
        <message>
            <source>Divider</source>
            <translation>分隔线</translation>
        </message>
        <message>
            <source>Drag it, or press Left and Right, to see more of one side or the other</source>
            <translation>拖动，或按左右键，以多看一侧</translation>
        </message>
    </context>
    <context>
        <name>DrawingVerbs</name>
        <message>
            <source>All 255 labels are in use. Remove one first.</source>
            <translation>255 个标签已全部使用。请先移除一个。</translation>
        </message>
        <message>
            <source>Clear slice {slice}</source>
            <translation>清空切片 {slice}</translation>
        </message>
        <message>
            <source>Copy slice {from_} to {to}</source>
            <translation>将切片 {from_} 复制到 {to}</translation>
        </message>
        <message>
            <source>Nothing is drawn on slice {slice}.</source>
            <translation>第 {slice} 张切片上没有绘制内容。</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>移除</translation>
        </message>
        <message>
            <source>Remove label</source>
            <translation>移除标签</translation>
        </message>
        <message>
            <source>This works on whole slices of the {plane} plane. Turn to it first.</source>
            <translation>此操作针对 {plane} 平面的整张切片。请先切换到该平面。</translation>
        </message>
        <message>
            <source>“{label}” leaves the list, and what is drawn with it on the case on the screen is cleared.</source>
            <translation>“{label}”将从列表中移除，当前病例上用它绘制的内容也将清除。</translation>
        </message>
    </context>
    <context>
        <name>EmptyState</name>
        <message>
            <source>Click a case in the list, or open more scans.</source>
            <translation>单击列表中的病例，或打开更多扫描。</translation>
        </message>
        <message>
            <source>Drop scans here</source>
            <translation>将扫描拖到此处</translation>
        </message>
        <message>
            <source>Drop scans here, or open them. They stay where they are; the project only remembers them.</source>
            <translation>将扫描拖到此处，或打开它们。它们留在原处，项目只记住其位置。</translation>
        </message>
        <message>
            <source>NIfTI, NRRD, MHA, a DICOM folder, PNG, JPEG or TIFF. A project for them is made by itself.</source>
            <translation>NIfTI、NRRD、MHA、DICOM 文件夹、PNG、JPEG 或 TIFF。会自动为其创建项目。</translation>
        </message>
        <message>
            <source>No case is open</source>
            <translation>没有打开的病例</translation>
        </message>
        <message>
            <source>This project has no scans yet</source>
            <translation>此项目还没有扫描</translation>
        </message>
    </context>
    <context>
        <name>ExchangeVerbs</name>
        <message>
            <source>All files</source>
            <translation>所有文件</translation>
        </message>
        <message>
            <source>Export the picture</source>
            <translation>导出图片</translation>
        </message>
        <message>
            <source>Exported {what} to {folder}.</source>
            <translation>已将 {what} 导出到 {folder}。</translation>
        </message>
        <message>
            <source>Import labels for this case</source>
            <translation>为此病例导入标签</translation>
        </message>
        <message>
            <source>Label maps and segmentations</source>
            <translation>标签图和分割</translation>
        </message>
        <message>
            <source>Pictures</source>
            <translation>图片</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>显示</translation>
        </message>
        <message>
            <source>{n} files</source>
            <translation>{n} 个文件</translation>
        </message>
    </context>
    <context>
        <name>ExportDialog</name>
        <message>
            <source>All {n} cases</source>
            <translation>全部 {n} 个病例</translation>
        </message>
        <message>
            <source>An older file of the same name stays; this one gets another name.</source>
            <translation>同名的旧文件会保留；此文件将使用其他名称。</translation>
        </message>
        <message>
            <source>Browse for a folder</source>
            <translation>浏览文件夹</translation>
        </message>
        <message>
            <source>Browse…</source>
            <translation>浏览…</translation>
        </message>
        <message>
            <source>Choose a folder</source>
            <translation>选择文件夹</translation>
        </message>
        <message>
            <source>Each of the {n} frames has rows of its own.</source>
            <translation>{n} 帧各有自己的行。</translation>
        </message>
        <message>
            <source>Export</source>
            <translation>导出</translation>
        </message>
        <message>
            <source>Export labels</source>
            <translation>导出标签</translation>
        </message>
        <message>
            <source>Export to</source>
            <translation>导出到</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>文件夹</translation>
        </message>
        <message>
            <source>For scans opened from DICOM. Only geometry and labels are written, under new identifiers.</source>
            <translation>用于从 DICOM 打开的扫描。只写入几何和标签，并使用新的标识符。</translation>
        </message>
        <message>
            <source>For scans opened from DICOM. The file contains the patient's name and number, as the archive it returns to needs them.</source>
            <translation>用于从 DICOM 打开的扫描。文件包含患者姓名和编号，因为归档系统需要它们。</translation>
        </message>
        <message>
            <source>Format</source>
            <translation>格式</translation>
        </message>
        <message>
            <source>Leave the patient out</source>
            <translation>不含患者信息</translation>
        </message>
        <message>
            <source>Leave the patient out of the file</source>
            <translation>文件中不含患者信息</translation>
        </message>
        <message>
            <source>No name, number, dates or hospital, and new identifiers: it can't be filed back</source>
            <translation>不含姓名、编号、日期或医院，并使用新的标识符：无法归回档案</translation>
        </message>
        <message>
            <source>Nothing of the patient is written but the name you gave the case.</source>
            <translation>除您给病例起的名称外，不写入任何患者信息。</translation>
        </message>
        <message>
            <source>The {n} frames are written as one file of four dimensions.</source>
            <translation>{n} 帧写入一个四维文件。</translation>
        </message>
        <message>
            <source>This case: {case}</source>
            <translation>此病例：{case}</translation>
        </message>
        <message>
            <source>This format knows no frames: each of the {n} is a file of its own.</source>
            <translation>此格式不支持帧：{n} 帧各写一个文件。</translation>
        </message>
        <message>
            <source>What to export</source>
            <translation>导出内容</translation>
        </message>
        <message>
            <source>Where the files go; made if it is not there</source>
            <translation>文件存放位置；若不存在则创建</translation>
        </message>
        <message>
            <source>Writes the files into the folder above</source>
            <translation>将文件写入上面的文件夹</translation>
        </message>
    </context>
    <context>
        <name>FirstNames</name>
        <message>
            <source>Label {n}</source>
            <translation>标签 {n}</translation>
        </message>
        <message>
            <source>Structure</source>
            <translation>结构</translation>
        </message>
    </context>
    <context>
        <name>FrameBar</name>
        <message>
            <source>Drag through time; slice, zoom and window stay</source>
            <translation>拖动以浏览时间；切片、缩放和窗位保持不变</translation>
        </message>
        <message>
            <source>Frame</source>
            <translation>帧</translation>
        </message>
        <message>
            <source>Frame {number} ({place} of {count})</source>
            <translation>第 {number} 帧（{place}/{count}）</translation>
        </message>
        <message>
            <source>Frame {number} of {last}</source>
            <translation>第 {number} 帧，共 {last} 帧</translation>
        </message>
        <message>
            <source>Frames</source>
            <translation>各帧</translation>
        </message>
        <message>
            <source>{done} of {all} reviewed</source>
            <translation>已审核 {done}/{all}</translation>
        </message>
    </context>
    <context>
        <name>FrameVerbs</name>
        <message>
            <source>This scan has one frame. Frames are those of a 4-D scan, opened as one case.</source>
            <translation>此扫描只有一帧。帧属于作为一个病例打开的 4-D 扫描。</translation>
        </message>
        <message>
            <source>This works on whole slices of the {plane} plane. Turn to it first.</source>
            <translation>此操作作用于 {plane} 平面的整个切片。请先转到该平面。</translation>
        </message>
    </context>
    <context>
        <name>GrowingBar</name>
        <message>
            <source>Drop what has grown (Esc)</source>
            <translation>放弃已生长的部分 (Esc)</translation>
        </message>
        <message>
            <source>Esc stops it; nothing is changed then</source>
            <translation>Esc 停止；此时不作任何更改</translation>
        </message>
        <message>
            <source>Growing</source>
            <translation>区域生长</translation>
        </message>
        <message numerus="yes">
            <source>Growing: %n slice(s) so far</source>
            <translation>
                <numerusform>正在生长：已到 %n 张切片</numerusform>
            </translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>停止</translation>
        </message>
        <message>
            <source>Stop growing</source>
            <translation>停止生长</translation>
        </message>
        <message>
            <source>The share of the slices that it has reached</source>
            <translation>已到达的切片所占比例</translation>
        </message>
        <message>
            <source>at most {time} left</source>
            <translation>最多还需 {time}</translation>
        </message>
    </context>
    <context>
        <name>GuideDialog</name>
        <message>
            <source>Alt+Left goes back</source>
            <translation>Alt+左方向键返回</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>返回</translation>
        </message>
        <message>
            <source>Click a page to read it</source>
            <translation>单击页面阅读</translation>
        </message>
        <message>
            <source>Guide</source>
            <translation>指南</translation>
        </message>
        <message>
            <source>Nothing in the guide has all of these words.</source>
            <translation>指南中没有包含所有这些词的内容。</translation>
        </message>
        <message>
            <source>Page</source>
            <translation>页面</translation>
        </message>
        <message>
            <source>Pages of the guide</source>
            <translation>指南页面</translation>
        </message>
        <message>
            <source>Search the guide</source>
            <translation>搜索指南</translation>
        </message>
        <message>
            <source>The page before (Alt+Left)</source>
            <translation>上一页 (Alt+Left)</translation>
        </message>
        <message>
            <source>Words of what you look for (Ctrl+F)</source>
            <translation>输入要查找的词 (Ctrl+F)</translation>
        </message>
    </context>
    <context>
        <name>HandsVerbs</name>
        <message>
            <source>Correct</source>
            <translation>修正</translation>
        </message>
        <message>
            <source>Drop files or folders on the window, or press {key}. Each scan becomes a case in this list.</source>
            <translation>将文件或文件夹拖到窗口，或按 {key}。每个扫描成为此列表中的一个病例。</translation>
        </message>
        <message>
            <source>Open my scans…</source>
            <translation>打开我的扫描…</translation>
        </message>
        <message>
            <source>Open scans</source>
            <translation>打开扫描</translation>
        </message>
        <message>
            <source>Predict</source>
            <translation>预测</translation>
        </message>
        <message>
            <source>Retrain</source>
            <translation>重新训练</translation>
        </message>
        <message>
            <source>Say that it is right</source>
            <translation>确认正确</translation>
        </message>
        <message>
            <source>Show me</source>
            <translation>开始导览</translation>
        </message>
        <message>
            <source>The left button draws, the right one erases. The wheel turns the slices, with Shift it sizes the brush.</source>
            <translation>左键绘制，右键擦除。滚轮切换切片，按住 Shift 则调整画笔大小。</translation>
        </message>
        <message>
            <source>The network learns from the reviewed slices while you go on, so the next scan needs less work. Key: {key}</source>
            <translation>您继续工作时，网络从已审核的层中学习，因此下一个扫描所需的工作更少。按键：{key}</translation>
        </message>
        <message>
            <source>The network proposes labels, dashed, for every slice. They change nothing until you accept them. Key: {key}</source>
            <translation>网络为每一层提议标签（虚线）。在您接受之前不会改变任何内容。按键：{key}</translation>
        </message>
        <message>
            <source>The sample, a brain with a few slices labelled, is open to try everything on. Five steps show the loop.</source>
            <translation>示例（一个已标注若干层的脑部）已打开，可随意试用。五步介绍整个工作循环。</translation>
        </message>
        <message>
            <source>Welcome to UNet Studio</source>
            <translation>欢迎使用 UNet Studio</translation>
        </message>
        <message>
            <source>{key} marks the slice reviewed, green here, and goes to the next one worth a look.</source>
            <translation>{key} 将此层标记为已审核（此处显示为绿色），并转到下一个值得查看的层。</translation>
        </message>
    </context>
    <context>
        <name>HistoryPanel</name>
        <message>
            <source>Click an action to go back or forth to it</source>
            <translation>单击某项操作，退回或前进到该处</translation>
        </message>
        <message>
            <source>History</source>
            <translation>历史</translation>
        </message>
        <message>
            <source>Nothing was done on this case yet. Each action will be listed here.</source>
            <translation>此病例上尚无操作。每项操作都会列在这里。</translation>
        </message>
    </context>
    <context>
        <name>Identities</name>
        <message>
            <source>Case {number}</source>
            <translation>病例 {number}</translation>
        </message>
        <message>
            <source>Project</source>
            <translation>项目</translation>
        </message>
        <message>
            <source>Project {number}</source>
            <translation>项目 {number}</translation>
        </message>
        <message>
            <source>Scan {number}</source>
            <translation>扫描 {number}</translation>
        </message>
        <message>
            <source>Series {number}</source>
            <translation>序列 {number}</translation>
        </message>
        <message>
            <source>a file</source>
            <translation>一个文件</translation>
        </message>
        <message>
            <source>this case</source>
            <translation>此病例</translation>
        </message>
        <message>
            <source>this project</source>
            <translation>此项目</translation>
        </message>
    </context>
    <context>
        <name>ImportLabelsDialog</name>
        <message>
            <source>Import</source>
            <translation>导入</translation>
        </message>
        <message>
            <source>Import labels</source>
            <translation>导入标签</translation>
        </message>
        <message>
            <source>Import labels of another grid</source>
            <translation>导入其他网格的标签</translation>
        </message>
        <message>
            <source>In the file</source>
            <translation>文件中</translation>
        </message>
        <message>
            <source>Lays the labels on this case; one undo takes it back</source>
            <translation>将标签放到此病例上；一次撤销即可收回</translation>
        </message>
        <message>
            <source>Locked labels stay in any case</source>
            <translation>锁定的标签始终保留</translation>
        </message>
        <message>
            <source>On the scan</source>
            <translation>扫描上</translation>
        </message>
        <message>
            <source>Remove what is drawn on this case where the file has nothing</source>
            <translation>在文件没有内容之处移除此病例上已绘制的内容</translation>
        </message>
        <message>
            <source>Resample and import</source>
            <translation>重采样并导入</translation>
        </message>
        <message>
            <source>The slice with most labels, with both outlines</source>
            <translation>标签最多的切片，带两种轮廓</translation>
        </message>
        <message>
            <source>{name} does not lie on the voxels of this scan. Each voxel of the scan can take the label of the file's nearest one. Look whether both outlines agree with the picture.</source>
            <translation>{name} 与此扫描的体素不重合。扫描的每个体素可以取文件中最近体素的标签。请查看两种轮廓是否都与图像一致。</translation>
        </message>
    </context>
    <context>
        <name>KeyField</name>
        <message>
            <source>Click here, then press the key</source>
            <translation>单击此处，然后按下按键</translation>
        </message>
        <message>
            <source>New key</source>
            <translation>新按键</translation>
        </message>
        <message>
            <source>Press the new key of “{command}” here</source>
            <translation>在此按下“{command}”的新按键</translation>
        </message>
    </context>
    <context>
        <name>KeysDialog</name>
        <message>
            <source>Add</source>
            <translation>添加</translation>
        </message>
        <message>
            <source>Choose a command above to change its key.</source>
            <translation>在上方选择命令以更改其按键。</translation>
        </message>
        <message>
            <source>Choose a command, then press its new key below</source>
            <translation>选择命令，然后在下方按下新按键</translation>
        </message>
        <message>
            <source>Choose a label</source>
            <translation>选择标签</translation>
        </message>
        <message>
            <source>Commands and their keys</source>
            <translation>命令及其按键</translation>
        </message>
        <message>
            <source>Every command gets the preset's keys again</source>
            <translation>所有命令恢复为预设按键</translation>
        </message>
        <message>
            <source>It is this command's key already.</source>
            <translation>它已是此命令的按键。</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>按键</translation>
        </message>
        <message>
            <source>Keys as in</source>
            <translation>按键方案</translation>
        </message>
        <message>
            <source>Labels and mouse</source>
            <translation>标签与鼠标</translation>
        </message>
        <message>
            <source>Letters of a command, or a key such as Ctrl+P</source>
            <translation>命令的字母，或按键（如 Ctrl+P）</translation>
        </message>
        <message>
            <source>No key</source>
            <translation>无按键</translation>
        </message>
        <message>
            <source>Reset</source>
            <translation>重置</translation>
        </message>
        <message>
            <source>Reset all</source>
            <translation>全部重置</translation>
        </message>
        <message>
            <source>Search the keys</source>
            <translation>搜索按键</translation>
        </message>
        <message>
            <source>Search: a command or a key</source>
            <translation>搜索：命令或按键</translation>
        </message>
        <message>
            <source>The command gets the preset's key again</source>
            <translation>命令恢复为预设按键</translation>
        </message>
        <message>
            <source>The command gets this key alone</source>
            <translation>命令只用此按键</translation>
        </message>
        <message>
            <source>The command gets this key beside those it has</source>
            <translation>在已有按键之外再加此按键</translation>
        </message>
        <message>
            <source>The command is called from menus and the palette</source>
            <translation>命令仅由菜单和命令面板调用</translation>
        </message>
        <message>
            <source>The keys of a program your hands know; your own changes stay</source>
            <translation>您熟悉的程序的按键；您自己的更改会保留</translation>
        </message>
        <message>
            <source>Use this key</source>
            <translation>使用此按键</translation>
        </message>
        <message>
            <source>Your own key</source>
            <translation>您自己的按键</translation>
        </message>
        <message>
            <source>no key</source>
            <translation>无按键</translation>
        </message>
        <message>
            <source>{key} chooses a label, which would then be Alt+{key}.</source>
            <translation>{key} 用于选择标签，之后将改为 Alt+{key}。</translation>
        </message>
        <message>
            <source>{key} is free.</source>
            <translation>{key} 未被占用。</translation>
        </message>
        <message>
            <source>{key} is kept for the slice and the window and can't be a command's.</source>
            <translation>{key} 保留给切片和窗口，不能用于命令。</translation>
        </message>
        <message>
            <source>{key} is the key of “{command}”, which would be left with {left}.</source>
            <translation>{key} 是“{command}”的按键，该命令将改用 {left}。</translation>
        </message>
    </context>
    <context>
        <name>LabelsPanel</name>
        <message>
            <source>Add a structure to outline (Ctrl+L)</source>
            <translation>添加要勾画的结构 (Ctrl+L)</translation>
        </message>
        <message>
            <source>LABELS</source>
            <translation>标签</translation>
        </message>
        <message>
            <source>Labels</source>
            <translation>标签</translation>
        </message>
        <message>
            <source>New label</source>
            <translation>新建标签</translation>
        </message>
    </context>
    <context>
        <name>LookingBack</name>
        <message numerus="yes">
            <source>%n slice(s)</source>
            <translation>
                <numerusform>%n 张切片</numerusform>
            </translation>
        </message>
        <message>
            <source>Save statistics</source>
            <translation>保存统计</translation>
        </message>
        <message>
            <source>Saved as {file}.</source>
            <translation>已保存为 {file}。</translation>
        </message>
        <message>
            <source>The figures are copied as a table.</source>
            <translation>数据已复制为表格。</translation>
        </message>
        <message>
            <source>{change} from {n} voxels</source>
            <translation>相对 {n} 个体素 {change}</translation>
        </message>
        <message>
            <source>{change} from {size} ml</source>
            <translation>相对 {size} ml {change}</translation>
        </message>
        <message>
            <source>{mean} ± {sd}{unit} ({low} to {high})</source>
            <translation>{mean} ± {sd}{unit}（{low} 至 {high}）</translation>
        </message>
        <message>
            <source>{n} voxels</source>
            <translation>{n} 个体素</translation>
        </message>
    </context>
    <context>
        <name>LookingVerbs</name>
        <message>
            <source>About UNet Studio</source>
            <translation>关于 UNet Studio</translation>
        </message>
        <message>
            <source>Apache License 2.0. Not a medical device: check every outline before you rely on it.</source>
            <translation>Apache 许可证 2.0。并非医疗器械：使用前请检查每条轮廓。</translation>
        </message>
        <message>
            <source>The scan's file tells its pixel size.</source>
            <translation>扫描文件已给出像素大小。</translation>
        </message>
        <message>
            <source>There is no fresh proposal on this slice. Predict to see where it may be wrong.</source>
            <translation>此切片没有最新建议。请先预测，以查看何处可能有误。</translation>
        </message>
        <message>
            <source>UNet Studio {version}

Outlines structures in medical scans with a U-Net that learns from your corrections.</source>
            <translation>UNet Studio {version}

用 U-Net 勾画医学扫描中的结构，并从您的修正中学习。</translation>
        </message>
        <message>
            <source>With that size the scan would be worked on in another plane. Check the numbers.</source>
            <translation>按此大小，扫描将改在另一平面上处理。请检查数值。</translation>
        </message>
        <message>
            <source>intensity {value}</source>
            <translation>强度 {value}</translation>
        </message>
        <message>
            <source>proposed: {label}</source>
            <translation>建议：{label}</translation>
        </message>
    </context>
    <context>
        <name>Magnifier</name>
        <message>
            <source>Magnifier</source>
            <translation>放大镜</translation>
        </message>
    </context>
    <context>
        <name>MainWindow</name>
        <message>
            <source>Colour map</source>
            <translation>色图</translation>
        </message>
        <message>
            <source>Layout</source>
            <translation>布局</translation>
        </message>
        <message>
            <source>Menus</source>
            <translation>菜单</translation>
        </message>
        <message>
            <source>Recent</source>
            <translation>最近打开</translation>
        </message>
        <message>
            <source>Side panel</source>
            <translation>侧面板</translation>
        </message>
        <message>
            <source>Slab</source>
            <translation>厚层</translation>
        </message>
        <message>
            <source>Training</source>
            <translation>训练</translation>
        </message>
        <message>
            <source>Window presets</source>
            <translation>窗预设</translation>
        </message>
    </context>
    <context>
        <name>MarkVerbs</name>
        <message>
            <source>Comment</source>
            <translation>备注</translation>
        </message>
        <message>
            <source>Comment on {case}</source>
            <translation>{case} 的备注</translation>
        </message>
        <message>
            <source>Comment…</source>
            <translation>备注…</translation>
        </message>
        <message>
            <source>Flag</source>
            <translation>标记</translation>
        </message>
        <message>
            <source>Remove the flag</source>
            <translation>取消标记</translation>
        </message>
    </context>
    <context>
        <name>MovedVerbs</name>
        <message>
            <source>Every scan of this project is where it was.</source>
            <translation>此项目的所有扫描都在原处。</translation>
        </message>
        <message>
            <source>Find scans…</source>
            <translation>查找扫描…</translation>
        </message>
        <message>
            <source>None of the {n} missing scans is in {folder}. Choose another folder.</source>
            <translation>{n} 个缺失的扫描都不在 {folder} 中。请选择其他文件夹。</translation>
        </message>
        <message>
            <source>Where are the scans now? Folders below are searched, too</source>
            <translation>扫描现在位于何处？也会搜索其下的文件夹</translation>
        </message>
    </context>
    <context>
        <name>NetworkPanel</name>
        <message>
            <source>1 case</source>
            <translation>1 个病例</translation>
        </message>
        <message>
            <source>1 slice</source>
            <translation>1 张切片</translation>
        </message>
        <message>
            <source>All checkpoints</source>
            <translation>所有检查点</translation>
        </message>
        <message>
            <source>All checkpoints…</source>
            <translation>所有检查点…</translation>
        </message>
        <message>
            <source>Correct a few slices, press Enter on each, then click Retrain.</source>
            <translation>修正几张切片，在每张上按 Enter，然后单击“重新训练”。</translation>
        </message>
        <message>
            <source>End the training now; the checkpoint before stays active</source>
            <translation>立即结束训练；之前的检查点保持启用</translation>
        </message>
        <message>
            <source>Finish</source>
            <translation>结束</translation>
        </message>
        <message>
            <source>Finish training</source>
            <translation>结束训练</translation>
        </message>
        <message>
            <source>Its Dice with the checkpoint before and with this one. Click to look at it</source>
            <translation>它在之前的检查点和此检查点下的 Dice。单击查看</translation>
        </message>
        <message>
            <source>Learn no more; what has been learned so far is scored and kept</source>
            <translation>不再学习；为目前学到的内容评分并保留</translation>
        </message>
        <message>
            <source>NETWORK</source>
            <translation>网络</translation>
        </message>
        <message>
            <source>Network</source>
            <translation>网络</translation>
        </message>
        <message>
            <source>No network yet</source>
            <translation>尚无网络</translation>
        </message>
        <message>
            <source>Not enough held-out slices yet for a score.</source>
            <translation>留出切片尚不足以评分。</translation>
        </message>
        <message>
            <source>Reviewed slices that got worse:</source>
            <translation>变差的已审核切片：</translation>
        </message>
        <message>
            <source>Scores, go back, rename, delete (Ctrl+Shift+K)</source>
            <translation>评分、退回、重命名、删除 (Ctrl+Shift+K)</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>停止</translation>
        </message>
        <message>
            <source>Stop training</source>
            <translation>停止训练</translation>
        </message>
        <message>
            <source>Training progress</source>
            <translation>训练进度</translation>
        </message>
        <message>
            <source>Where the network runs</source>
            <translation>网络运行的设备</translation>
        </message>
        <message>
            <source>active</source>
            <translation>启用中</translation>
        </message>
        <message>
            <source>held-out Dice, {cases}, {slices}</source>
            <translation>留出 Dice，{cases}，{slices}</translation>
        </message>
        <message>
            <source>{before} → {after}, slice {slice}, {case}</source>
            <translation>{before} → {after}，切片 {slice}，{case}</translation>
        </message>
        <message>
            <source>{n} cases</source>
            <translation>{n} 个病例</translation>
        </message>
        <message>
            <source>{n} slices</source>
            <translation>{n} 张切片</translation>
        </message>
        <message>
            <source>{time} left</source>
            <translation>剩余 {time}</translation>
        </message>
    </context>
    <context>
        <name>NetworkVerbs</name>
        <message>
            <source>A training is going on already. Stop it first to begin another.</source>
            <translation>已有训练正在进行。请先停止它再开始新的训练。</translation>
        </message>
        <message>
            <source>Delete</source>
            <translation>删除</translation>
        </message>
        <message>
            <source>Delete checkpoint</source>
            <translation>删除检查点</translation>
        </message>
        <message>
            <source>From scratch: classic U-Net of 2015, large and slow</source>
            <translation>从头训练：2015 年的经典 U-Net，大而慢</translation>
        </message>
        <message>
            <source>From scratch: light network, for slow computers</source>
            <translation>从头训练：轻量网络，适合较慢的计算机</translation>
        </message>
        <message>
            <source>From scratch: standard network</source>
            <translation>从头训练：标准网络</translation>
        </message>
        <message>
            <source>Go on from the active checkpoint</source>
            <translation>从启用的检查点继续</translation>
        </message>
        <message>
            <source>Normal: up to 5 minutes</source>
            <translation>普通：最多 5 分钟</translation>
        </message>
        <message>
            <source>Quick: 1 minute</source>
            <translation>快速：1 分钟</translation>
        </message>
        <message>
            <source>Rename checkpoint</source>
            <translation>重命名检查点</translation>
        </message>
        <message>
            <source>Thorough: up to 30 minutes</source>
            <translation>彻底：最多 30 分钟</translation>
        </message>
        <message>
            <source>“{name}” is gone for good after this.</source>
            <translation>此后“{name}”将永久消失。</translation>
        </message>
    </context>
    <context>
        <name>Notices</name>
        <message>
            <source>Dismiss</source>
            <translation>关闭</translation>
        </message>
        <message>
            <source>Do it</source>
            <translation>执行</translation>
        </message>
        <message>
            <source>Notice</source>
            <translation>提示</translation>
        </message>
    </context>
    <context>
        <name>PixelSizeDialog</name>
        <message>
            <source>From slice to slice (mm)</source>
            <translation>层间距 (mm)</translation>
        </message>
        <message>
            <source>Height of a pixel (mm)</source>
            <translation>像素高度 (mm)</translation>
        </message>
        <message>
            <source>Pixel size</source>
            <translation>像素大小</translation>
        </message>
        <message>
            <source>Set</source>
            <translation>设置</translation>
        </message>
        <message>
            <source>The file does not tell how large a pixel is. With its size, lengths are shown in mm and volumes in ml.</source>
            <translation>文件未给出像素大小。设置后，长度以 mm 显示，体积以 ml 显示。</translation>
        </message>
        <message>
            <source>The scan is opened anew with this size</source>
            <translation>以此大小重新打开扫描</translation>
        </message>
        <message>
            <source>Width of a pixel (mm)</source>
            <translation>像素宽度 (mm)</translation>
        </message>
    </context>
    <context>
        <name>Preferences</name>
        <message>
            <source>1 minute</source>
            <translation>1 分钟</translation>
        </message>
        <message>
            <source>A pen that is pressed lightly paints with a smaller brush</source>
            <translation>轻压时画笔变小</translation>
        </message>
        <message>
            <source>Apple graphics</source>
            <translation>Apple 图形处理器</translation>
        </message>
        <message>
            <source>As the system</source>
            <translation>跟随系统</translation>
        </message>
        <message>
            <source>Brush radius</source>
            <translation>画笔半径</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>深色</translation>
        </message>
        <message>
            <source>Dark is easier on the eye in a reading room</source>
            <translation>阅片室中深色更护眼</translation>
        </message>
        <message>
            <source>Enlarged slices</source>
            <translation>放大的切片</translation>
        </message>
        <message>
            <source>For demonstrations: names of cases, projects and files give way to numbers</source>
            <translation>用于演示：病例、项目和文件的名称以编号代替</translation>
        </message>
        <message>
            <source>From the next checkpoint or training on</source>
            <translation>从下一个检查点或训练起生效</translation>
        </message>
        <message>
            <source>Hand</source>
            <translation>操作</translation>
        </message>
        <message>
            <source>Hide identities</source>
            <translation>隐藏身份信息</translation>
        </message>
        <message>
            <source>How long one Retrain takes</source>
            <translation>一次重新训练所需时间</translation>
        </message>
        <message>
            <source>How strongly labels cover the scan</source>
            <translation>标签遮盖扫描的程度</translation>
        </message>
        <message>
            <source>In pixels where a scan tells no spacing; each project remembers its own</source>
            <translation>扫描没有间距信息时以像素计；每个项目各自记住</translation>
        </message>
        <message>
            <source>Keys as in</source>
            <translation>按键方案</translation>
        </message>
        <message>
            <source>Labels are not filled</source>
            <translation>标签不填充</translation>
        </message>
        <message>
            <source>Labels, brush and network on the left, cases on the right</source>
            <translation>标签、画笔和网络在左，病例在右</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>语言</translation>
        </message>
        <message>
            <source>Left-handed window</source>
            <translation>左手布局</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>浅色</translation>
        </message>
        <message>
            <source>Look</source>
            <translation>外观</translation>
        </message>
        <message>
            <source>NVIDIA card</source>
            <translation>NVIDIA 显卡</translation>
        </message>
        <message>
            <source>Network</source>
            <translation>网络</translation>
        </message>
        <message>
            <source>Of menus, messages and the guide</source>
            <translation>菜单、消息和指南的语言</translation>
        </message>
        <message>
            <source>Opacity of labels</source>
            <translation>标签不透明度</translation>
        </message>
        <message>
            <source>Outlines only</source>
            <translation>仅轮廓</translation>
        </message>
        <message>
            <source>Pen pressure sets the size</source>
            <translation>笔压决定大小</translation>
        </message>
        <message>
            <source>Processor</source>
            <translation>处理器</translation>
        </message>
        <message>
            <source>Single pixels</source>
            <translation>单个像素</translation>
        </message>
        <message>
            <source>Smooth</source>
            <translation>平滑</translation>
        </message>
        <message>
            <source>Smooth, or each pixel as it was scanned</source>
            <translation>平滑，或按扫描原样显示每个像素</translation>
        </message>
        <message>
            <source>Swap the mouse buttons on the slice</source>
            <translation>在切片上交换鼠标按键</translation>
        </message>
        <message>
            <source>The best there is</source>
            <translation>最佳设备</translation>
        </message>
        <message>
            <source>The keys of a program your hands know; single keys under Help, Keys</source>
            <translation>您熟悉的程序的按键；单个按键见“帮助”&gt;“按键”</translation>
        </message>
        <message>
            <source>The right button draws and the left one erases</source>
            <translation>右键绘制，左键擦除</translation>
        </message>
        <message>
            <source>Theme</source>
            <translation>主题</translation>
        </message>
        <message>
            <source>Time to train</source>
            <translation>训练时间</translation>
        </message>
        <message>
            <source>Where the network runs</source>
            <translation>网络运行位置</translation>
        </message>
        <message>
            <source>off</source>
            <translation>关</translation>
        </message>
        <message>
            <source>on</source>
            <translation>开</translation>
        </message>
        <message>
            <source>up to 30 minutes</source>
            <translation>最多 30 分钟</translation>
        </message>
        <message>
            <source>up to 5 minutes</source>
            <translation>最多 5 分钟</translation>
        </message>
    </context>
    <context>
        <name>PreferencesDialog</name>
        <message>
            <source>A few letters of what you look for</source>
            <translation>输入要查找内容的几个字母</translation>
        </message>
        <message>
            <source>Every preference above goes back to its default</source>
            <translation>以上所有首选项恢复默认</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>按键</translation>
        </message>
        <message>
            <source>Keys…</source>
            <translation>按键…</translation>
        </message>
        <message>
            <source>No preference is called like this.</source>
            <translation>没有这样的首选项。</translation>
        </message>
        <message>
            <source>Preferences</source>
            <translation>首选项</translation>
        </message>
        <message>
            <source>Reset all</source>
            <translation>全部重置</translation>
        </message>
        <message>
            <source>Search the preferences</source>
            <translation>搜索首选项</translation>
        </message>
        <message>
            <source>See, search and change the keys of all commands</source>
            <translation>查看、搜索和更改所有命令的按键</translation>
        </message>
    </context>
    <context>
        <name>PreviewPane</name>
        <message>
            <source>First slice of the scan that is being opened</source>
            <translation>正在打开的扫描的第一张切片</translation>
        </message>
        <message>
            <source>Reading {percent}</source>
            <translation>正在读取 {percent}</translation>
        </message>
        <message>
            <source>Slice {0} / {1}</source>
            <translation>切片 {0} / {1}</translation>
        </message>
        <message>
            <source>The rest of the scan is still being read</source>
            <translation>扫描的其余部分仍在读取</translation>
        </message>
    </context>
    <context>
        <name>ProjectVerbs</name>
        <message>
            <source>Nothing yet</source>
            <translation>暂无</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>打开</translation>
        </message>
        <message>
            <source>Open a folder of scans</source>
            <translation>打开扫描文件夹</translation>
        </message>
        <message>
            <source>Project {day}</source>
            <translation>项目 {day}</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>移除</translation>
        </message>
        <message>
            <source>Remove case</source>
            <translation>移除病例</translation>
        </message>
        <message>
            <source>Remove from the project…</source>
            <translation>从项目中移除…</translation>
        </message>
        <message>
            <source>Rename case</source>
            <translation>重命名病例</translation>
        </message>
        <message>
            <source>Rename…</source>
            <translation>重命名…</translation>
        </message>
        <message>
            <source>Restore…</source>
            <translation>恢复…</translation>
        </message>
        <message>
            <source>There is no backup of “{project}” yet. The first is made once something is drawn.</source>
            <translation>“{project}”尚无备份。绘制内容后会生成第一个备份。</translation>
        </message>
        <message>
            <source>“{case}” and everything drawn on it leave the project. The scan's own file stays where it is.</source>
            <translation>“{case}”及其上绘制的所有内容将从项目中移除。扫描文件本身保留在原处。</translation>
        </message>
    </context>
    <context>
        <name>RelinkDialog</name>
        <message>
            <source>Case</source>
            <translation>病例</translation>
        </message>
        <message>
            <source>Found in</source>
            <translation>所在位置</translation>
        </message>
        <message>
            <source>Found {n} of {all} scans, each the same in every voxel. The scans themselves are not touched.</source>
            <translation>找到 {all} 个扫描中的 {n} 个，每个体素均相同。扫描本身不会被改动。</translation>
        </message>
        <message>
            <source>Moved scans</source>
            <translation>已移动的扫描</translation>
        </message>
        <message>
            <source>The project looks for its scans there from now on</source>
            <translation>项目今后在那里查找扫描</translation>
        </message>
        <message>
            <source>Use these</source>
            <translation>使用这些</translation>
        </message>
        <message>
            <source>Where each scan was found</source>
            <translation>每个扫描的所在位置</translation>
        </message>
        <message>
            <source>not found</source>
            <translation>未找到</translation>
        </message>
    </context>
    <context>
        <name>ReportDialog</name>
        <message>
            <source>Copy</source>
            <translation>复制</translation>
        </message>
        <message>
            <source>Copy the report</source>
            <translation>复制报告</translation>
        </message>
        <message>
            <source>Fault report</source>
            <translation>故障报告</translation>
        </message>
        <message>
            <source>Report</source>
            <translation>报告</translation>
        </message>
        <message>
            <source>Something went wrong inside the program</source>
            <translation>程序内部出错</translation>
        </message>
        <message>
            <source>What you drew is saved as the status bar says. This is where in the program it happened. It holds no file names, no patient data and no pictures, so you can send it as it is.</source>
            <translation>您绘制的内容按状态栏所示已保存。以下是程序中出错的位置。其中没有文件名、患者数据或图片，因此可以原样发送。</translation>
        </message>
        <message>
            <source>Where it happened</source>
            <translation>出错位置</translation>
        </message>
    </context>
    <context>
        <name>ReportVerbs</name>
        <message>
            <source>PDF</source>
            <translation>PDF</translation>
        </message>
        <message>
            <source>Save the report of this case</source>
            <translation>保存此病例的报告</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>显示</translation>
        </message>
        <message>
            <source>The report is in {file}.</source>
            <translation>报告已存入 {file}。</translation>
        </message>
        <message>
            <source>Web page</source>
            <translation>网页</translation>
        </message>
    </context>
    <context>
        <name>ReshapePanel</name>
        <message>
            <source> voxels</source>
            <translation> 体素</translation>
        </message>
        <message>
            <source>All slices, in three dimensions</source>
            <translation>所有切片，三维处理</translation>
        </message>
        <message>
            <source>Apply</source>
            <translation>应用</translation>
        </message>
        <message>
            <source>Between all slices that are drawn</source>
            <translation>在所有已绘制的切片之间</translation>
        </message>
        <message>
            <source>Between the drawn slices nearest to the one on the screen</source>
            <translation>在离屏幕上的切片最近的已绘制切片之间</translation>
        </message>
        <message>
            <source>By</source>
            <translation>幅度</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>Do what is outlined (Enter)</source>
            <translation>执行所勾画的更改 (Enter)</translation>
        </message>
        <message>
            <source>Enter applies, Esc drops it</source>
            <translation>Enter 应用，Esc 放弃</translation>
        </message>
        <message>
            <source>Everywhere</source>
            <translation>全部</translation>
        </message>
        <message>
            <source>From</source>
            <translation>从</translation>
        </message>
        <message>
            <source>Here</source>
            <translation>此处</translation>
        </message>
        <message>
            <source>How far the preview is</source>
            <translation>预览进度</translation>
        </message>
        <message>
            <source>Islands below this go</source>
            <translation>去除小于此值的岛</translation>
        </message>
        <message>
            <source>Leave everything as it is (Esc)</source>
            <translation>保持原样 (Esc)</translation>
        </message>
        <message>
            <source>New label</source>
            <translation>新建标签</translation>
        </message>
        <message>
            <source>Only the slice on the screen</source>
            <translation>仅屏幕上的切片</translation>
        </message>
        <message>
            <source>Operation</source>
            <translation>操作</translation>
        </message>
        <message>
            <source>Preview</source>
            <translation>预览</translation>
        </message>
        <message>
            <source>Radius, margin or wall</source>
            <translation>半径、边缘或壁厚</translation>
        </message>
        <message>
            <source>Reshape labels</source>
            <translation>整形标签</translation>
        </message>
        <message>
            <source>Scope of the operation</source>
            <translation>操作范围</translation>
        </message>
        <message>
            <source>Slice</source>
            <translation>切片</translation>
        </message>
        <message>
            <source>Smaller than</source>
            <translation>小于</translation>
        </message>
        <message>
            <source>The highest intensity taken</source>
            <translation>所取的最高强度</translation>
        </message>
        <message>
            <source>The lowest intensity taken</source>
            <translation>所取的最低强度</translation>
        </message>
        <message>
            <source>The second label</source>
            <translation>第二个标签</translation>
        </message>
        <message>
            <source>To</source>
            <translation>到</translation>
        </message>
        <message>
            <source>Volume</source>
            <translation>体积</translation>
        </message>
        <message>
            <source>What is to be done to the label</source>
            <translation>要对标签执行的操作</translation>
        </message>
        <message>
            <source>With</source>
            <translation>与</translation>
        </message>
    </context>
    <context>
        <name>ReshapingVerbs</name>
        <message>
            <source>+{added} −{lost} voxels</source>
            <translation>+{added} −{lost} 体素</translation>
        </message>
        <message>
            <source>Click on the island.</source>
            <translation>请单击要处理的岛。</translation>
        </message>
        <message>
            <source>Nothing would change.</source>
            <translation>不会有任何更改。</translation>
        </message>
        <message>
            <source>Proposed on {n} slices. A accepts one, Ctrl+Shift+A all.</source>
            <translation>已在 {n} 张切片上给出建议。A 接受一张，Ctrl+Shift+A 接受全部。</translation>
        </message>
        <message>
            <source>There is no label here. Click on one of the islands.</source>
            <translation>这里没有标签。请单击其中一个岛。</translation>
        </message>
        <message>
            <source>There is no label to reshape. Add one in the list of labels first.</source>
            <translation>没有可整形的标签。请先在标签列表中添加一个。</translation>
        </message>
        <message>
            <source>There is no second label. Add one in the list of labels first.</source>
            <translation>没有第二个标签。请先在标签列表中添加一个。</translation>
        </message>
        <message>
            <source>Working out the preview…</source>
            <translation>正在计算预览…</translation>
        </message>
        <message>
            <source>Working out the preview… {percent}</source>
            <translation>正在计算预览… {percent}</translation>
        </message>
        <message>
            <source>Working out the preview… {percent}, {time} left</source>
            <translation>正在计算预览… {percent}，剩余 {time}</translation>
        </message>
        <message>
            <source>“{name}” is locked, so nothing would change.</source>
            <translation>“{name}”已锁定，因此不会有任何更改。</translation>
        </message>
    </context>
    <context>
        <name>RestoreDialog</name>
        <message>
            <source> and {n} more</source>
            <translation> 及另外 {n} 个</translation>
        </message>
        <message>
            <source>Actions</source>
            <translation>操作数</translation>
        </message>
        <message>
            <source>Backups, the newest first</source>
            <translation>备份，最新的在前</translation>
        </message>
        <message>
            <source>Cases</source>
            <translation>病例</translation>
        </message>
        <message>
            <source>Made</source>
            <translation>创建时间</translation>
        </message>
        <message>
            <source>Restore</source>
            <translation>恢复</translation>
        </message>
        <message>
            <source>Restore a backup</source>
            <translation>恢复备份</translation>
        </message>
        <message>
            <source>Restore a backup of “{project}”</source>
            <translation>恢复“{project}”的备份</translation>
        </message>
        <message>
            <source>The project goes back to what it was then. What it is now is kept beside it, and so is every backup.</source>
            <translation>项目将恢复到当时的状态。现在的状态会保留在旁边，所有备份也会保留。</translation>
        </message>
        <message>
            <source>The project is as it was then; what it replaces is kept beside it</source>
            <translation>项目恢复到当时的状态；被替换的内容保留在旁边</translation>
        </message>
    </context>
    <context>
        <name>ScanFactsDialog</name>
        <message>
            <source>Copies the facts about the volume, nothing about the patient</source>
            <translation>复制有关体数据的信息，不含患者信息</translation>
        </message>
        <message>
            <source>Copy report</source>
            <translation>复制报告</translation>
        </message>
        <message>
            <source>DICOM tags</source>
            <translation>DICOM 标记</translation>
        </message>
        <message>
            <source>Kind</source>
            <translation>类型</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>名称</translation>
        </message>
        <message>
            <source>Number, name or value</source>
            <translation>编号、名称或值</translation>
        </message>
        <message>
            <source>Scan information</source>
            <translation>扫描信息</translation>
        </message>
        <message>
            <source>Scan information: {name}</source>
            <translation>扫描信息：{name}</translation>
        </message>
        <message>
            <source>Search</source>
            <translation>搜索</translation>
        </message>
        <message>
            <source>Search the tags</source>
            <translation>搜索标记</translation>
        </message>
        <message>
            <source>Tag</source>
            <translation>标记</translation>
        </message>
        <message>
            <source>These tags may name the patient. They are shown here and nowhere else.</source>
            <translation>这些标记可能包含患者姓名。它们只在此处显示。</translation>
        </message>
        <message>
            <source>Value</source>
            <translation>值</translation>
        </message>
        <message>
            <source>Volume</source>
            <translation>体数据</translation>
        </message>
        <message>
            <source>What</source>
            <translation>项目</translation>
        </message>
        <message>
            <source>the scan</source>
            <translation>扫描</translation>
        </message>
    </context>
    <context>
        <name>Sentences</name>
        <message>
            <source> %1 frames have more labels than fit beside the project's.</source>
            <translation> %1 帧的标签数多于项目标签之外可容纳的数量。</translation>
        </message>
        <message>
            <source> %1 voxels were left as they were, as their labels are locked.</source>
            <translation> 有 %1 个体素保持原样，因为其标签已锁定。</translation>
        </message>
        <message>
            <source> (%1 more files are unreadable.)</source>
            <translation>（另有 %1 个文件无法读取。）</translation>
        </message>
        <message>
            <source> (%1 of %2)</source>
            <translation>（%1 / %2）</translation>
        </message>
        <message>
            <source> If that computer is switched off, delete the file “%1” in it.</source>
            <translation> 如果那台计算机已关闭，请删除其中的文件“%1”。</translation>
        </message>
        <message>
            <source> It has %1 rows and %2 columns more than the slices, so that nothing is cut.</source>
            <translation> 它比切片多 %1 行、%2 列，因此没有内容被裁掉。</translation>
        </message>
        <message>
            <source> Up to %1 rows or columns at the edge of the outer slices have no place on it.</source>
            <translation> 外侧切片边缘最多 %1 行或列在其上没有位置。</translation>
        </message>
        <message>
            <source> and %1 scans</source>
            <translation> 和 %1 个扫描</translation>
        </message>
        <message>
            <source> frame %1</source>
            <translation> 帧 %1</translation>
        </message>
        <message>
            <source> of %1 cases</source>
            <translation>，共 %1 个病例</translation>
        </message>
        <message>
            <source> when unpacked</source>
            <translation>（解压后）</translation>
        </message>
        <message>
            <source> × %1 channels</source>
            <translation> × %1 个通道</translation>
        </message>
        <message>
            <source>%1 It has learned from slices of this case.</source>
            <translation>%1它学习过此病例的切片。</translation>
        </message>
        <message>
            <source>%1 actions</source>
            <translation>%1 项操作</translation>
        </message>
        <message>
            <source>%1 bytes</source>
            <translation>%1 字节</translation>
        </message>
        <message>
            <source>%1 can't be laid on this scan, which has no place in a patient.</source>
            <translation>%1 无法叠放到此扫描上，因为此扫描没有患者空间位置。</translation>
        </message>
        <message>
            <source>%1 can't be read: %2. Check the disk or the network drive.</source>
            <translation>无法读取 %1：%2。请检查磁盘或网络驱动器。</translation>
        </message>
        <message>
            <source>%1 can't be read: no permission. Ask who owns it for access.</source>
            <translation>无法读取 %1：没有权限。请向所有者申请访问权限。</translation>
        </message>
        <message>
            <source>%1 can't be read: the program's decoder did not start. Restart the program.</source>
            <translation>无法读取 %1：程序的解码器未能启动。请重新启动程序。</translation>
        </message>
        <message>
            <source>%1 can't be saved as a surface in mm: its scan tells no voxel size. Export as .seg.nrrd.</source>
            <translation>%1 无法保存为以毫米为单位的表面：其扫描未给出体素大小。请导出为 .seg.nrrd。</translation>
        </message>
        <message>
            <source>%1 can't be saved: %2.</source>
            <translation>无法保存 %1：%2。</translation>
        </message>
        <message>
            <source>%1 can't be saved: NIfTI takes %2 frames. Export fewer.</source>
            <translation>无法保存 %1：NIfTI 最多容纳 %2 帧。请减少导出的帧数。</translation>
        </message>
        <message>
            <source>%1 can't be saved: NIfTI takes colours of 8 bits only. Save as .nrrd.</source>
            <translation>无法保存 %1：NIfTI 仅支持 8 位彩色。请保存为 .nrrd。</translation>
        </message>
        <message>
            <source>%1 can't be saved: its ending is none of %2. Choose one of them.</source>
            <translation>无法保存 %1：其扩展名不在 %2 之列。请选择其中之一。</translation>
        </message>
        <message>
            <source>%1 can't be saved: its scan was resampled, so labels on it lie on no image of the series. Export as .seg.nrrd or NIfTI.</source>
            <translation>无法保存 %1：其扫描经过重采样，标签不对应序列中的任何图像。请导出为 .seg.nrrd 或 NIfTI。</translation>
        </message>
        <message>
            <source>%1 can't be saved: pictures take 8 or 16 bits without sign, not %2. Save as .nii.gz.</source>
            <translation>无法保存 %1：图片仅支持 8 或 16 位无符号数，而不是 %2。请保存为 .nii.gz。</translation>
        </message>
        <message>
            <source>%1 can't be saved: probabilities are written as .nii.gz only.</source>
            <translation>无法保存 %1：概率只能写为 .nii.gz。</translation>
        </message>
        <message>
            <source>%1 can't be saved: there is a file of that name. Choose another name.</source>
            <translation>无法保存 %1：已有同名文件。请选择其他名称。</translation>
        </message>
        <message>
            <source>%1 can't hold several frames. Save as %2%3.</source>
            <translation>%1 不能容纳多帧。请保存为 %2%3。</translation>
        </message>
        <message>
            <source>%1 cases</source>
            <translation>%1 个病例</translation>
        </message>
        <message>
            <source>%1 changed while it was read. Open it again.</source>
            <translation>%1 在读取过程中发生了变化。请重新打开。</translation>
        </message>
        <message>
            <source>%1 changes nothing: its labels are there already.</source>
            <translation>%1 没有带来变化：其标签已经存在。</translation>
        </message>
        <message>
            <source>%1 contours of %2 lie between the scan's slices and are left out.</source>
            <translation>%2 的 %1 条轮廓位于扫描的切片之间，已略去。</translation>
        </message>
        <message>
            <source>%1 contours of %2 lie outside the scan and are left out.</source>
            <translation>%2 的 %1 条轮廓位于扫描之外，已略去。</translation>
        </message>
        <message>
            <source>%1 could not be saved whole. Save somewhere else.</source>
            <translation>%1 未能完整保存。请保存到其他位置。</translation>
        </message>
        <message>
            <source>%1 could not be saved whole: the disk may be full. Save somewhere else.</source>
            <translation>%1 未能完整保存：磁盘可能已满。请保存到其他位置。</translation>
        </message>
        <message>
            <source>%1 could not be saved: %2.</source>
            <translation>%1 未能保存：%2。</translation>
        </message>
        <message>
            <source>%1 could not be written (%2); choose another folder or free space.</source>
            <translation>%1 未能写入（%2）；请选择其他文件夹或释放空间。</translation>
        </message>
        <message>
            <source>%1 differs in size or kind from %2, so the folder is no stack. Open its pictures as single cases.</source>
            <translation>%1 与 %2 的尺寸或类型不同，因此该文件夹不是堆栈。请将其中的图片作为单独的病例打开。</translation>
        </message>
        <message>
            <source>%1 does not hold whole numbers (integer labels): it may be a map of probabilities. Save it with one whole number a label.</source>
            <translation>%1 中不是整数（整数标签）：它可能是概率图。请以每个标签一个整数的形式保存。</translation>
        </message>
        <message>
            <source>%1 does not hold whole numbers as labels. Save it again as a label map.</source>
            <translation>%1 的标签不是整数。请重新保存为标签图。</translation>
        </message>
        <message>
            <source>%1 does not lie on the scan's grid: its position (origin or spacing) is up to %2 mm off. Choose the scan's own labels, or resample it to the scan.</source>
            <translation>%1 不在扫描的网格上：其位置（原点或间距）最多相差 %2 mm。请选择该扫描自己的标签，或将其重采样到扫描。</translation>
        </message>
        <message>
            <source>%1 does not lie on the scan's grid: its voxels have another direction or spacing. Resample it to the scan first.</source>
            <translation>%1 不在扫描的网格上：其体素方向或间距不同。请先将其重采样到扫描。</translation>
        </message>
        <message>
            <source>%1 does not match the scan: its size is %2 voxels, the scan's %3. Choose the scan's own labels.</source>
            <translation>%1 与扫描不匹配：其大小为 %2 体素，扫描为 %3。请选择该扫描自己的标签。</translation>
        </message>
        <message>
            <source>%1 does not say where its frames lie in the patient. Ask for a new copy.</source>
            <translation>%1 未说明其帧在患者体内的位置。请索取新的副本。</translation>
        </message>
        <message>
            <source>%1 duplicate image%2 at the same position in %3 %4 left out (%5).</source>
            <translation>%3 中有 %1 张位置相同的重复图像被略去（%5）。</translation>
        </message>
        <message>
            <source>%1 exists already and checkpoints are never overwritten; choose another name.</source>
            <translation>%1 已存在，而检查点从不被覆盖；请选择其他名称。</translation>
        </message>
        <message>
            <source>%1 frame %2</source>
            <translation>%1 第 %2 帧</translation>
        </message>
        <message>
            <source>%1 frames (it has more than three dimensions, 4D)</source>
            <translation>%1 帧（它超过三个维度，4D）</translation>
        </message>
        <message>
            <source>%1 h %2 min</source>
            <translation>%1 小时 %2 分钟</translation>
        </message>
        <message>
            <source>%1 has %2 bits per pixel, which can't be shown. Open another series.</source>
            <translation>%1 每像素 %2 位，无法显示。请打开其他序列。</translation>
        </message>
        <message>
            <source>%1 has %2 components per voxel, which can't be shown. Save one of them.</source>
            <translation>%1 每个体素有 %2 个分量，无法显示。请保存其中一个。</translation>
        </message>
        <message>
            <source>%1 has %2 dimensions in an order this program can't show. Save it as 3-D volumes.</source>
            <translation>%1 有 %2 个维度，其顺序本程序无法显示。请保存为三维体数据。</translation>
        </message>
        <message>
            <source>%1 has %2 labels up to %3, too many: they go up to 255. Save it with fewer.</source>
            <translation>%1 有 %2 个标签，最大为 %3，数量过多：最多到 255。请用更少的标签保存。</translation>
        </message>
        <message>
            <source>%1 has %2 regions, too many: there are 255 labels.</source>
            <translation>%1 有 %2 个区域，过多：最多 255 个标签。</translation>
        </message>
        <message>
            <source>%1 has a name in another encoding than UTF-8, which no project can hold. Rename it first.</source>
            <translation>%1 的名称不是 UTF-8 编码，项目无法保存。请先重命名。</translation>
        </message>
        <message>
            <source>%1 has a negative voxel size in its header: taken as positive.</source>
            <translation>%1 的文件头中体素大小为负：按正值处理。</translation>
        </message>
        <message>
            <source>%1 has an impossible voxel spacing in its header (%2).</source>
            <translation>%1 的文件头中体素间距不可能（%2）。</translation>
        </message>
        <message>
            <source>%1 has an unsupported data type (%2). Convert it to 16-bit integers.</source>
            <translation>%1 的数据类型（%2）不受支持。请转换为 16 位整数。</translation>
        </message>
        <message>
            <source>%1 has an unsupported data type (NIfTI code %2). Convert it to 16-bit integers.</source>
            <translation>%1 的数据类型（NIfTI 代码 %2）不受支持。请转换为 16 位整数。</translation>
        </message>
        <message>
            <source>%1 has more labels than fit beside the project's: there are 255 values. Remove some first.</source>
            <translation>%1 的标签过多，与项目中已有的放不下：共 255 个值。请先移除一些。</translation>
        </message>
        <message>
            <source>%1 has more than 255 segments, too many. Save it with fewer.</source>
            <translation>%1 的分割区超过 255 个，过多。请用更少的分割区保存。</translation>
        </message>
        <message>
            <source>%1 has negative values (%2), which are no labels. Save it with labels from 0 to 255.</source>
            <translation>%1 含有负值（%2），不能作为标签。请用 0 到 255 的标签保存。</translation>
        </message>
        <message>
            <source>%1 has no UIDs by which a DICOM SEG or RTSTRUCT could refer to it (they were blanked). Export as .seg.nrrd or NIfTI.</source>
            <translation>%1 没有可供 DICOM SEG 或 RTSTRUCT 引用的 UID（已被清空）。请导出为 .seg.nrrd 或 NIfTI。</translation>
        </message>
        <message>
            <source>%1 has no place in a patient, so nothing can be stored in DICOM for it. Export as NRRD.</source>
            <translation>%1 在患者体内没有位置，因此无法为其存储 DICOM。请导出为 NRRD。</translation>
        </message>
        <message>
            <source>%1 has pages of different sizes or kinds (page %2 differs). Save each as its own file.</source>
            <translation>%1 的各页尺寸或类型不同（第 %2 页不同）。请将每页保存为单独的文件。</translation>
        </message>
        <message>
            <source>%1 has segments that are not in it. Ask for a new copy.</source>
            <translation>%1 列出了其中并不存在的分割区。请索取新的副本。</translation>
        </message>
        <message>
            <source>%1 has several pages and can't be one slice. Open it by itself.</source>
            <translation>%1 有多页，不能作为一张切片。请单独打开它。</translation>
        </message>
        <message>
            <source>%1 has slanted slices: they %2</source>
            <translation>%1 的切片是倾斜的：它们%2</translation>
        </message>
        <message>
            <source>%1 has text lines before its voxels, which is not read. Save it as gzip.</source>
            <translation>%1 的体素之前有文本行，无法读取。请保存为 gzip。</translation>
        </message>
        <message>
            <source>%1 has values that are no numbers (NaN), so it is no label map. Save it again.</source>
            <translation>%1 含有非数值 (NaN)，因此不是标签图。请重新保存。</translation>
        </message>
        <message>
            <source>%1 has values too large for labels. Save it with labels from 0 to 255.</source>
            <translation>%1 的值过大，不能作为标签。请用 0 到 255 的标签保存。</translation>
        </message>
        <message>
            <source>%1 held-out slices</source>
            <translation>%1 张留出切片</translation>
        </message>
        <message>
            <source>%1 holds %2 frames (4-D): the same volume, taken %3 times.</source>
            <translation>%1 包含 %2 帧（4-D）：同一体积被采集了 %3 次。</translation>
        </message>
        <message>
            <source>%1 holds %2 frames of labels, and the scan has %3: which belongs where is not clear. Choose a file with as many frames as the scan.</source>
            <translation>%1 包含 %2 帧标签，而扫描有 %3 帧：无法确定对应关系。请选择帧数与扫描相同的文件。</translation>
        </message>
        <message>
            <source>%1 holds %2%3%4.</source>
            <translation>%1 包含 %2%3%4。</translation>
        </message>
        <message>
            <source>%1 holds complex numbers, which can't be shown. Save its magnitude as a scan of its own.</source>
            <translation>%1 包含复数，无法显示。请将其幅值另存为一个扫描。</translation>
        </message>
        <message>
            <source>%1 holds contours, which need the scan they were drawn on. Say which.</source>
            <translation>%1 包含轮廓，需要它们所勾画的扫描。请指明是哪一个。</translation>
        </message>
        <message>
            <source>%1 holds fractions (probabilities), not labels. Save it as a binary segmentation.</source>
            <translation>%1 包含的是分数（概率），而不是标签。请保存为二值分割。</translation>
        </message>
        <message>
            <source>%1 holds its voxels as text, which is not read. Save it as binary.</source>
            <translation>%1 以文本形式存储体素，无法读取。请保存为二进制。</translation>
        </message>
        <message>
            <source>%1 holds no closed contours.</source>
            <translation>%1 不含闭合轮廓。</translation>
        </message>
        <message>
            <source>%1 holds no convolution. %2</source>
            <translation>%1 不含卷积。%2</translation>
        </message>
        <message>
            <source>%1 holds no finite value: every voxel is NaN or infinite. Ask for a new copy.</source>
            <translation>%1 不含有限值：每个体素都是 NaN 或无穷大。请索取新的副本。</translation>
        </message>
        <message>
            <source>%1 holds no image (pixel data)%2. Open the scan it belongs to.</source>
            <translation>%1 不含图像（像素数据）%2。请打开它所属的扫描。</translation>
        </message>
        <message>
            <source>%1 holds no images that can be read: %2%3</source>
            <translation>%1 中没有可读取的图像：%2%3</translation>
        </message>
        <message>
            <source>%1 holds no volume %2. Open it again and choose another.</source>
            <translation>%1 中没有体数据 %2。请重新打开并选择其他的。</translation>
        </message>
        <message>
            <source>%1 holds other layers than its own description says, so it is damaged. %2</source>
            <translation>%1 的层与其自身描述不符，因此已损坏。%2</translation>
        </message>
        <message>
            <source>%1 holds weights of a network and no scan. “unet-studio info” tells its architecture.</source>
            <translation>%1 包含网络权重而非扫描。“unet-studio info”可显示其结构。</translation>
        </message>
        <message>
            <source>%1 holds weights of another program: its keys name another architecture than ours. %2</source>
            <translation>%1 包含其他程序的权重：其键名对应另一种结构。%2</translation>
        </message>
        <message>
            <source>%1 holds weights that are not finite (NaN), so it can't be used. %2</source>
            <translation>%1 包含非有限的权重 (NaN)，因此无法使用。%2</translation>
        </message>
        <message>
            <source>%1 image%2 of another size or orientation in %3 %4 left out, as a localizer (scout) would be.</source>
            <translation>%3 中有 %1 张尺寸或方向不同的图像被略去，如同定位像。</translation>
        </message>
        <message>
            <source>%1 is %2 bytes longer than its header says. Check that nothing is missing.</source>
            <translation>%1 比其文件头所述长 %2 字节。请检查是否有缺失。</translation>
        </message>
        <message>
            <source>%1 is %2 on disk and unpacks (deflate) to more than %3, which is too large for a scan. Export it uncompressed.</source>
            <translation>%1 在磁盘上为 %2，解压 (deflate) 后超过 %3，对扫描而言过大。请以未压缩形式导出。</translation>
        </message>
        <message>
            <source>%1 is %2 on disk and unpacks to %3, which is large for a scan. Open it as %4#%5 if you trust it.</source>
            <translation>%1 在磁盘上为 %2，解压后为 %3，对扫描而言很大。如果您信任它，请以 %4#%5 打开。</translation>
        </message>
        <message>
            <source>%1 is a .keras archive; save its weights as NAME.weights.h5 and import those.</source>
            <translation>%1 是 .keras 归档；请将其权重保存为 NAME.weights.h5 再导入。</translation>
        </message>
        <message>
            <source>%1 is a colour picture and can't be a label map. Save it in grey, one value a label.</source>
            <translation>%1 是彩色图片，不能作为标签图。请保存为灰度，每个标签一个值。</translation>
        </message>
        <message>
            <source>%1 is a damaged zip archive: its list of files can't be read. Ask for a new copy.</source>
            <translation>%1 是损坏的 zip 压缩包：无法读取其文件列表。请索取新的副本。</translation>
        </message>
        <message>
            <source>%1 is a folder with no images in it (no DICOM, NIfTI, NRRD or pictures). Choose another folder.</source>
            <translation>%1 是不含图像的文件夹（没有 DICOM、NIfTI、NRRD 或图片）。请选择其他文件夹。</translation>
        </message>
        <message>
            <source>%1 is a folder, not a file. Open a file in it.</source>
            <translation>%1 是文件夹而不是文件。请打开其中的文件。</translation>
        </message>
        <message>
            <source>%1 is a mosaic: slices side by side in one image, shown as one slice. Places in it are not right.</source>
            <translation>%1 是拼图：多张切片并排在一幅图像中，显示为一张切片。其中的位置不正确。</translation>
        </message>
        <message>
            <source>%1 is a web page (HTML) and no checkpoint; download it again. %2</source>
            <translation>%1 是网页 (HTML) 而不是检查点；请重新下载。%2</translation>
        </message>
        <message>
            <source>%1 is a zip archive and is refused as unsafe: %2. Ask where it comes from.</source>
            <translation>%1 是 zip 压缩包，因不安全而被拒绝：%2。请查明其来源。</translation>
        </message>
        <message>
            <source>%1 is a zip archive, which is not opened. Unpack it into a folder and open that.</source>
            <translation>%1 是 zip 压缩包，不能直接打开。请解压到文件夹后打开该文件夹。</translation>
        </message>
        <message>
            <source>%1 is an HDF5 file without layers of Keras. %2</source>
            <translation>%1 是不含 Keras 层的 HDF5 文件。%2</translation>
        </message>
        <message>
            <source>%1 is compressed in a way that is not read (transfer syntax %2). Export it uncompressed or as JPEG 2000.</source>
            <translation>%1 的压缩方式无法读取（传输语法 %2）。请以未压缩形式或 JPEG 2000 导出。</translation>
        </message>
        <message>
            <source>%1 is damaged or cut short (truncated) and can't be shown. Ask for a new copy.</source>
            <translation>%1 已损坏或不完整（被截断），无法显示。请索取新的副本。</translation>
        </message>
        <message>
            <source>%1 is damaged or no HDF5 file of Keras. %2</source>
            <translation>%1 已损坏或不是 Keras 的 HDF5 文件。%2</translation>
        </message>
        <message>
            <source>%1 is damaged or no checkpoint (not a sound safetensors file of ours). %2</source>
            <translation>%1 已损坏或不是检查点（不是本程序有效的 safetensors 文件）。%2</translation>
        </message>
        <message>
            <source>%1 is damaged or of another format: its field “images” is no list of scans. %2</source>
            <translation>%1 已损坏或为其他格式：其字段“images”不是扫描列表。%2</translation>
        </message>
        <message>
            <source>%1 is damaged, or too large: %2. Ask for a new copy.</source>
            <translation>%1 已损坏或过大：%2。请索取新的副本。</translation>
        </message>
        <message>
            <source>%1 is damaged: %2. Ask for a new copy.</source>
            <translation>%1 已损坏：%2。请索取新的副本。</translation>
        </message>
        <message>
            <source>%1 is damaged: expected %2 bytes of pixels, found %3. Ask for a new copy.</source>
            <translation>%1 已损坏：应有 %2 字节像素，实际为 %3。请索取新的副本。</translation>
        </message>
        <message>
            <source>%1 is damaged: expected %2 bytes%3, found %4. Ask for a new copy.</source>
            <translation>%1 已损坏：应有 %2 字节%3，实际为 %4。请索取新的副本。</translation>
        </message>
        <message>
            <source>%1 is damaged: it can't be decoded. Ask for a new copy.</source>
            <translation>%1 已损坏：无法解码。请索取新的副本。</translation>
        </message>
        <message>
            <source>%1 is damaged: it can't be read as DICOM. Ask for a new copy.</source>
            <translation>%1 已损坏：无法作为 DICOM 读取。请索取新的副本。</translation>
        </message>
        <message>
            <source>%1 is damaged: it can't be read as a DICOM RTSTRUCT. Ask for a new copy.</source>
            <translation>%1 已损坏：无法作为 DICOM RTSTRUCT 读取。请索取新的副本。</translation>
        </message>
        <message>
            <source>%1 is damaged: it can't be read as a DICOM SEG. Ask for a new copy.</source>
            <translation>%1 已损坏：无法作为 DICOM SEG 读取。请索取新的副本。</translation>
        </message>
        <message>
            <source>%1 is damaged: it claims %2 frames. Ask for a new copy.</source>
            <translation>%1 已损坏：它声称有 %2 帧。请索取新的副本。</translation>
        </message>
        <message>
            <source>%1 is damaged: it holds NaN or infinity. %2</source>
            <translation>%1 已损坏：其中含有 NaN 或无穷大。%2</translation>
        </message>
        <message>
            <source>%1 is damaged: it is far longer than its header says. Ask for a new copy.</source>
            <translation>%1 已损坏：它远比其文件头所述长。请索取新的副本。</translation>
        </message>
        <message>
            <source>%1 is damaged: it is nested too deeply. %2</source>
            <translation>%1 已损坏：嵌套过深。%2</translation>
        </message>
        <message>
            <source>%1 is damaged: it is no JSON from line %2 on. %3</source>
            <translation>%1 已损坏：从第 %2 行起不是 JSON。%3</translation>
        </message>
        <message>
            <source>%1 is damaged: it is no text. %2</source>
            <translation>%1 已损坏：不是文本。%2</translation>
        </message>
        <message>
            <source>%1 is damaged: its NIfTI header claims %2 dimensions. Ask for a new copy.</source>
            <translation>%1 已损坏：其 NIfTI 文件头声称有 %2 个维度。请索取新的副本。</translation>
        </message>
        <message>
            <source>%1 is damaged: its affine gives no directions (it is singular). Ask for a new copy.</source>
            <translation>%1 已损坏：其仿射矩阵不能给出方向（奇异）。请索取新的副本。</translation>
        </message>
        <message>
            <source>%1 is damaged: its checksum or compressed data is wrong. Ask for a new copy.</source>
            <translation>%1 已损坏：其校验和或压缩数据有误。请索取新的副本。</translation>
        </message>
        <message>
            <source>%1 is damaged: its compressed data is cut short (truncated), %2 bytes were expected. Ask for a new copy.</source>
            <translation>%1 已损坏：其压缩数据不完整（被截断），应有 %2 字节。请索取新的副本。</translation>
        </message>
        <message>
            <source>%1 is damaged: its header claims the impossible size %2. Ask for a new copy.</source>
            <translation>%1 已损坏：其文件头声称的大小 %2 不可能。请索取新的副本。</translation>
        </message>
        <message>
            <source>%1 is damaged: its header gives no data offset. Ask for a new copy.</source>
            <translation>%1 已损坏：其文件头未给出数据偏移。请索取新的副本。</translation>
        </message>
        <message>
            <source>%1 is damaged: its header is cut short (truncated). Ask for a new copy.</source>
            <translation>%1 已损坏：其文件头不完整（被截断）。请索取新的副本。</translation>
        </message>
        <message>
            <source>%1 is damaged: its pixels (%2) can't be decoded. Ask for a new copy.</source>
            <translation>%1 已损坏：其像素（%2）无法解码。请索取新的副本。</translation>
        </message>
        <message>
            <source>%1 is damaged: its pixels (stored) can't be decoded. Ask for a new copy.</source>
            <translation>%1 已损坏：其存储的像素无法解码。请索取新的副本。</translation>
        </message>
        <message>
            <source>%1 is damaged: its size is %2 rows and %3 columns. Ask for a new copy.</source>
            <translation>%1 已损坏：其大小为 %2 行 %3 列。请索取新的副本。</translation>
        </message>
        <message>
            <source>%1 is empty (0 bytes). Ask for a new copy.</source>
            <translation>%1 为空（0 字节）。请索取新的副本。</translation>
        </message>
        <message>
            <source>%1 is empty, so it is no checkpoint. %2</source>
            <translation>%1 为空，因此不是检查点。%2</translation>
        </message>
        <message>
            <source>%1 is empty: every voxel is background.</source>
            <translation>%1 为空：每个体素都是背景。</translation>
        </message>
        <message>
            <source>%1 is encoded as %2, which is not read. Save it as gzip.</source>
            <translation>%1 的编码为 %2，无法读取。请保存为 gzip。</translation>
        </message>
        <message>
            <source>%1 is half of a pair: %2 is missing. Put both into one folder.</source>
            <translation>%1 是成对文件之一：缺少 %2。请将两者放入同一文件夹。</translation>
        </message>
        <message>
            <source>%1 is in colour and can't be a label map. Save it with one value a label.</source>
            <translation>%1 是彩色的，不能作为标签图。请以每个标签一个值的形式保存。</translation>
        </message>
        <message>
            <source>%1 is in colour: its red, green and blue are three channels.</source>
            <translation>%1 是彩色的：其红、绿、蓝为三个通道。</translation>
        </message>
        <message>
            <source>%1 is in the way of the sample's scan; move it away.</source>
            <translation>%1 占用了示例扫描的位置；请将其移开。</translation>
        </message>
        <message>
            <source>%1 is in this project already, as “%2”.</source>
            <translation>%1 已在此项目中，名为“%2”。</translation>
        </message>
        <message>
            <source>%1 is no DICOM series, which this format needs to lie on. Export as .seg.nrrd or NIfTI.</source>
            <translation>%1 不是此格式所需的 DICOM 序列。请导出为 .seg.nrrd 或 NIfTI。</translation>
        </message>
        <message>
            <source>%1 is no possible file name. Check it.</source>
            <translation>%1 不是有效的文件名。请检查。</translation>
        </message>
        <message>
            <source>%1 is not a DICOM file. Check that it is the right file.</source>
            <translation>%1 不是 DICOM 文件。请检查文件是否正确。</translation>
        </message>
        <message>
            <source>%1 is not a NIfTI file: its header lacks the format's magic word (Analyze files do too). Convert it to .nii.gz.</source>
            <translation>%1 不是 NIfTI 文件：其文件头缺少该格式的标识（Analyze 文件也缺少）。请转换为 .nii.gz。</translation>
        </message>
        <message>
            <source>%1 is not a regular file but a pipe or device. Open a scan's file.</source>
            <translation>%1 不是普通文件而是管道或设备。请打开扫描文件。</translation>
        </message>
        <message>
            <source>%1 is not in a format that is recognised. %2</source>
            <translation>无法识别 %1 的格式。%2</translation>
        </message>
        <message>
            <source>%1 is not in a format that is recognised. Check that it is the right file.</source>
            <translation>%1 的格式无法识别。请检查文件是否正确。</translation>
        </message>
        <message>
            <source>%1 is not the scan it was when it was added to the project. Put the first file back, or add this one as a new case.</source>
            <translation>%1 已不是添加到项目时的那份扫描。请放回原来的文件，或将此文件作为新病例添加。</translation>
        </message>
        <message>
            <source>%1 is not whole: %2 is missing or lies in another file. %3</source>
            <translation>%1 不完整：%2 缺失或位于其他文件中。%3</translation>
        </message>
        <message>
            <source>%1 is of another format: it lists no scans. %2</source>
            <translation>%1 为其他格式：未列出扫描。%2</translation>
        </message>
        <message>
            <source>%1 is of another network: %2 holds no plain floating-point numbers. %3</source>
            <translation>%1 属于另一种网络：%2 不含普通浮点数。%3</translation>
        </message>
        <message>
            <source>%1 is of another network: it has %2 convolutions, and the classic network has %3. %4</source>
            <translation>%1 属于另一种网络：它有 %2 个卷积，而经典网络有 %3 个。%4</translation>
        </message>
        <message>
            <source>%1 is of another network: it takes %2 channels. %3</source>
            <translation>%1 属于另一种网络：它接受 %2 个通道。%3</translation>
        </message>
        <message>
            <source>%1 is of another network: its layer %2 has a kernel of shape %3, and the classic network has %4 there. %5</source>
            <translation>%1 属于另一种网络：其层 %2 的卷积核形状为 %3，而经典网络该处为 %4。%5</translation>
        </message>
        <message>
            <source>%1 is of another network: its layer %2 has weights of shape %3, and the classic network has convolutions with a bias only. %4</source>
            <translation>%1 属于另一种网络：其层 %2 的权重形状为 %3，而经典网络只有带偏置的卷积。%4</translation>
        </message>
        <message>
            <source>%1 is sheared: the directions of its rows and columns are not at right angles. It was resampled onto a right grid (interpolated linearly), on which it is shown and labelled.</source>
            <translation>%1 有切变：其行与列的方向不成直角。已重采样到正交网格（线性插值），并在其上显示和标注。</translation>
        </message>
        <message>
            <source>%1 is shown rotated, as its camera noted; its labels are saved rotated alike.</source>
            <translation>%1 按相机记录旋转显示；其标签以同样的旋转保存。</translation>
        </message>
        <message>
            <source>%1 is spread over several data files, which is not read. Save it as one.</source>
            <translation>%1 分散在多个数据文件中，无法读取。请保存为一个文件。</translation>
        </message>
        <message>
            <source>%1 is stored inverted (MONOCHROME1): its high values are shown dark, as on film. Values are kept.</source>
            <translation>%1 以反相方式存储 (MONOCHROME1)：高值显示为暗，如胶片所示。数值保持不变。</translation>
        </message>
        <message>
            <source>%1 is too large for a list of scans. Open the scans themselves.</source>
            <translation>%1 过大，不像扫描列表。请直接打开扫描。</translation>
        </message>
        <message>
            <source>%1 is too large: it needs %2 of memory, %3 are free. Close other programs or use a computer with more memory.</source>
            <translation>%1 过大：需要 %2 内存，可用 %3。请关闭其他程序或使用内存更大的计算机。</translation>
        </message>
        <message>
            <source>%1 is too large: more than %2 million pixels, or damaged. Save the part you need.</source>
            <translation>%1 过大：超过 %2 百万像素，或已损坏。请保存所需的部分。</translation>
        </message>
        <message>
            <source>%1 items</source>
            <translation>%1 项</translation>
        </message>
        <message>
            <source>%1 labelled voxels of %2 lie outside the scan and are left out.</source>
            <translation>%2 中有 %1 个已标注体素位于扫描之外，已略去。</translation>
        </message>
        <message>
            <source>%1 lists %2 scan%3. Choose one.%4</source>
            <translation>%1 列出了 %2 个扫描。请选择一个。%4</translation>
        </message>
        <message>
            <source>%1 lists no images. Open the scans themselves.</source>
            <translation>%1 未列出图像。请直接打开扫描。</translation>
        </message>
        <message>
            <source>%1 min</source>
            <translation>%1 分钟</translation>
        </message>
        <message>
            <source>%1 names a data file outside its own folder, which is refused as unsafe. Put both into one folder.</source>
            <translation>%1 指向其文件夹之外的数据文件，因不安全而拒绝。请将两者放入同一文件夹。</translation>
        </message>
        <message>
            <source>%1 names a file outside its own folder, which is not allowed. Put all into one folder.</source>
            <translation>%1 指向其所在文件夹之外的文件，这是不允许的。请将所有文件放入同一文件夹。</translation>
        </message>
        <message>
            <source>%1 needs more memory than there is. Close other programs.</source>
            <translation>%1 需要的内存超过可用内存。请关闭其他程序。</translation>
        </message>
        <message>
            <source>%1 needs the data file %2, which is missing. Put it beside.</source>
            <translation>%1 需要数据文件 %2，但它缺失。请将其放在旁边。</translation>
        </message>
        <message>
            <source>%1 non-finite voxels (NaN or infinite) of %2 are shown as its minimum.</source>
            <translation>%2 中有 %1 个非有限体素（NaN 或无穷大）显示为其最小值。</translation>
        </message>
        <message>
            <source>%1 of %2 cases could not be exported. %3</source>
            <translation>%2 个病例中有 %1 个未能导出。%3</translation>
        </message>
        <message>
            <source>%1 of %2 slices reviewed, %3 edited. %4 by %5, %6 of work (pauses of more than five minutes are not counted).</source>
            <translation>%2 张切片中已审核 %1 张，已编辑 %3 张。%5 执行了 %4，工作 %6（超过五分钟的停顿不计）。</translation>
        </message>
        <message>
            <source>%1 on %2</source>
            <translation>%2 上的 %1</translation>
        </message>
        <message>
            <source>%1 phase %2</source>
            <translation>%1 第 %2 期</translation>
        </message>
        <message>
            <source>%1 phases (images at the same positions)</source>
            <translation>%1 个时相（位置相同的图像）</translation>
        </message>
        <message>
            <source>%1 pictures</source>
            <translation>%1 张图片</translation>
        </message>
        <message>
            <source>%1 scans</source>
            <translation>%1 个扫描</translation>
        </message>
        <message>
            <source>%1 scans hold several frames each (4-D): volumes that were taken many times.</source>
            <translation>%1 个扫描各包含多帧（4-D）：被多次采集的体积。</translation>
        </message>
        <message>
            <source>%1 series</source>
            <translation>%1 个序列</translation>
        </message>
        <message>
            <source>%1 shares no space with the scan: it lies elsewhere in the patient, or belongs to another scan. Choose the scan's own contours.</source>
            <translation>%1 与扫描没有公共空间：它位于患者的其他部位，或属于另一扫描。请选择此扫描自己的轮廓。</translation>
        </message>
        <message>
            <source>%1 shares no space with the scan: it lies elsewhere in the patient, or belongs to another scan. Choose the scan's own labels.</source>
            <translation>%1 与扫描没有重叠空间：它位于患者的其他部位，或属于另一扫描。请选择该扫描自己的标签。</translation>
        </message>
        <message>
            <source>%1 slice%2</source>
            <translation>%1 张切片</translation>
        </message>
        <message>
            <source>%1 slice%2 of %3 %4 missing (there are gaps of up to %5 mm, usual are %6 mm): empty slices stand in their place (%7).</source>
            <translation>%3 缺少 %1 张切片（间隙最大 %5 mm，通常为 %6 mm）：以空切片代替（%7）。</translation>
        </message>
        <message>
            <source>%1 slices</source>
            <translation>%1 张切片</translation>
        </message>
        <message>
            <source>%1 stores no orientation: it is laid on the scan voxel by voxel.</source>
            <translation>%1 未存储方向：逐体素叠放到扫描上。</translation>
        </message>
        <message>
            <source>%1 stores no orientation: it is shown as it is stored, left and right are unknown.</source>
            <translation>%1 未存储方向：按存储方式显示，左右未知。</translation>
        </message>
        <message>
            <source>%1 stores two orientations that disagree (qform and sform): the %2 is used. Check left and right.</source>
            <translation>%1 存储了两个不一致的方向（qform 和 sform）：使用 %2。请核对左右。</translation>
        </message>
        <message>
            <source>%1 tells its own voxel size. Open it without one.</source>
            <translation>%1 自带体素大小。打开时请勿另行指定。</translation>
        </message>
        <message>
            <source>%1 to %2</source>
            <translation>%1 至 %2</translation>
        </message>
        <message>
            <source>%1 voxels</source>
            <translation>%1 个体素</translation>
        </message>
        <message>
            <source>%1 voxels of %2 belong to several segments: the last of them was taken.</source>
            <translation>%2 中有 %1 个体素属于多个分割区：取最后一个。</translation>
        </message>
        <message>
            <source>%1 voxels of %2 mm</source>
            <translation>%1 体素，每个 %2 mm</translation>
        </message>
        <message>
            <source>%1 was drawn on other slices than this scan's: its contours lie between them. Choose the contours of this series.</source>
            <translation>%1 不是在此扫描的切片上勾画的：其轮廓位于切片之间。请选择此序列的轮廓。</translation>
        </message>
        <message>
            <source>%1 was not found. Check where it is now.</source>
            <translation>找不到 %1。请检查它现在的位置。</translation>
        </message>
        <message>
            <source>%1 was not imported, as another case is open now.</source>
            <translation>%1 未导入，因为现在打开的是另一个病例。</translation>
        </message>
        <message>
            <source>%1 was not read: the program is being closed.</source>
            <translation>%1 未读取：程序正在关闭。</translation>
        </message>
        <message>
            <source>%1 was not saved as it should be when read back. Save somewhere else.</source>
            <translation>回读时发现 %1 保存有误。请保存到其他位置。</translation>
        </message>
        <message>
            <source>%1 was taken with a tilted gantry (%2°)</source>
            <translation>%1 采集时机架倾斜 (%2°)</translation>
        </message>
        <message>
            <source>%1 was taken with a tilted gantry: its slices are stacked at a slant.</source>
            <translation>%1 采集时机架倾斜：其切片斜向堆叠。</translation>
        </message>
        <message>
            <source>%1 was written by a later version of UNet Studio (format %2, this one reads %3); update the program.</source>
            <translation>%1 由更新版本的 UNet Studio 写入（格式 %2，本版本读取 %3）；请更新程序。</translation>
        </message>
        <message>
            <source>%1 was written by a newer version (schema %2, this one reads %3). Update the program.</source>
            <translation>%1 由较新的版本写入（格式 %2，此版本可读 %3）。请更新程序。</translation>
        </message>
        <message>
            <source>%1 would be empty: nothing is drawn on its scan. Draw or predict first.</source>
            <translation>%1 将为空：其扫描上没有绘制内容。请先绘制或预测。</translation>
        </message>
        <message>
            <source>%1, %2 of the training pixels right</source>
            <translation>%1，训练像素中 %2 正确</translation>
        </message>
        <message>
            <source>%1, which %2 lists, is missing. Locate it and put it back there.</source>
            <translation>%2 列出的 %1 缺失。请找到它并放回原处。</translation>
        </message>
        <message>
            <source>%1. Check the disk</source>
            <translation>%1。请检查磁盘</translation>
        </message>
        <message>
            <source>%1. Check the disk and try again</source>
            <translation>%1。请检查磁盘后重试</translation>
        </message>
        <message>
            <source>%1. Free some space, or choose another place</source>
            <translation>%1。请释放空间，或选择其他位置</translation>
        </message>
        <message>
            <source>%1. Save somewhere else</source>
            <translation>%1。请保存到其他位置</translation>
        </message>
        <message>
            <source>%1: %2 empty slices stand in the gaps, so that one is %3 mm from the next.</source>
            <translation>%1：间隙处填入 %2 张空切片，使相邻切片相距 %3 mm。</translation>
        </message>
        <message>
            <source>%1: %2, %3 parameters, learned from %4 of %5 in %6</source>
            <translation>%1：%2，%3 个参数，学习了%5的%4，用时%6</translation>
        </message>
        <message>
            <source>%1: it was resampled every %2 mm, interpolated between slices.</source>
            <translation>%1：已按每 %2 mm 重采样，切片之间插值。</translation>
        </message>
        <message>
            <source>%1: its slices %2%3</source>
            <translation>%1：其切片%2%3</translation>
        </message>
        <message>
            <source>%1: its slices are shown as if straight. Lengths within a slice and ml are right.</source>
            <translation>%1：其切片按未倾斜显示。切片内的长度和毫升体积是正确的。</translation>
        </message>
        <message>
            <source>%1: lengths across slices and volumes in ml are not shown.</source>
            <translation>%1：不显示跨切片的长度和毫升体积。</translation>
        </message>
        <message>
            <source>%1: this is run %2 of %3 of even gaps, %4 slices.</source>
            <translation>%1：这是 %3 段等间距切片中的第 %2 段，共 %4 张切片。</translation>
        </message>
        <message>
            <source>%1; not enough held-out slices yet for a score.</source>
            <translation>%1；留出切片尚不足以评分。</translation>
        </message>
        <message>
            <source>%1; scored on %2 of %3, never trained on.</source>
            <translation>%1；在从未用于训练的 %3的 %2上评分。</translation>
        </message>
        <message>
            <source>, or take one frame as %1#1</source>
            <translation>，或以 %1#1 取其中一帧</translation>
        </message>
        <message>
            <source>1 action</source>
            <translation>1 项操作</translation>
        </message>
        <message>
            <source>1 case</source>
            <translation>1 个病例</translation>
        </message>
        <message>
            <source>1 held-out slice</source>
            <translation>1 张留出切片</translation>
        </message>
        <message>
            <source>1 slice</source>
            <translation>1 张切片</translation>
        </message>
        <message>
            <source>3D Slicer, with names and colours</source>
            <translation>3D Slicer，含名称和颜色</translation>
        </message>
        <message>
            <source>: it is </source>
            <translation>：它是</translation>
        </message>
        <message>
            <source>Accept %1 slices</source>
            <translation>接受 %1 张切片</translation>
        </message>
        <message>
            <source>Accept slice %1</source>
            <translation>接受切片 %1</translation>
        </message>
        <message>
            <source>Add %1</source>
            <translation>添加%1</translation>
        </message>
        <message>
            <source>All frames as one case</source>
            <translation>所有帧作为一个病例</translation>
        </message>
        <message>
            <source>All reviewed slices are held out for scoring. Review one more, then click Retrain.</source>
            <translation>所有已审核的切片都留作评分。请再审核一张，然后单击“重新训练”。</translation>
        </message>
        <message>
            <source>Another change of the labels is still being worked out. Wait for it, or stop it.</source>
            <translation>另一项标签修改仍在计算。请等待，或停止它。</translation>
        </message>
        <message>
            <source>Apple GPU</source>
            <translation>Apple GPU</translation>
        </message>
        <message>
            <source>Apple graphics processor</source>
            <translation>Apple 图形处理器</translation>
        </message>
        <message>
            <source>Ask for a new copy, or restore a backup of it.</source>
            <translation>请索取新的副本，或恢复其备份。</translation>
        </message>
        <message>
            <source>Bright tissue</source>
            <translation>亮组织</translation>
        </message>
        <message>
            <source>Building surfaces</source>
            <translation>正在构建表面</translation>
        </message>
        <message>
            <source>By whole pixels: no intensity changes, nothing is cut. Right in every plane.</source>
            <translation>按整像素移动：强度不变，内容不裁剪。各平面均正确。</translation>
        </message>
        <message>
            <source>Checking %1</source>
            <translation>正在检查 %1</translation>
        </message>
        <message>
            <source>Checkpoint %1</source>
            <translation>检查点 %1</translation>
        </message>
        <message>
            <source>Choose another checkpoint, or train one from your reviewed slices.</source>
            <translation>请选择其他检查点，或用您已审核的切片训练一个。</translation>
        </message>
        <message>
            <source>Choose one</source>
            <translation>请选择一个</translation>
        </message>
        <message>
            <source>Choose one; there is one %1</source>
            <translation>请选择一个；其中一个 %1</translation>
        </message>
        <message>
            <source>Choose single frames</source>
            <translation>选择单独的帧</translation>
        </message>
        <message>
            <source>Choose weights of the classic network (31,031,685 parameters for one grey channel), saved by save_weights.</source>
            <translation>请选择经典网络的权重（单灰度通道 31,031,685 个参数），由 save_weights 保存。</translation>
        </message>
        <message>
            <source>Clear area</source>
            <translation>清空区域</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>闭运算</translation>
        </message>
        <message>
            <source>Columns run along</source>
            <translation>列方向</translation>
        </message>
        <message>
            <source>Copy a label</source>
            <translation>复制标签</translation>
        </message>
        <message>
            <source>Copy slice %1 from frame %2</source>
            <translation>从第 %2 帧复制切片 %1</translation>
        </message>
        <message>
            <source>DICOM RTSTRUCT, contours</source>
            <translation>DICOM RTSTRUCT，轮廓线</translation>
        </message>
        <message>
            <source>DICOM SEG</source>
            <translation>DICOM SEG</translation>
        </message>
        <message>
            <source>Dark tissue</source>
            <translation>暗组织</translation>
        </message>
        <message>
            <source>Details…</source>
            <translation>详情…</translation>
        </message>
        <message>
            <source>Dice on held-out slices</source>
            <translation>留出切片上的 Dice</translation>
        </message>
        <message>
            <source>Erase</source>
            <translation>擦除</translation>
        </message>
        <message>
            <source>Erase label</source>
            <translation>擦除标签</translation>
        </message>
        <message>
            <source>Every slice is edited or reviewed already, and a prediction never changes those.</source>
            <translation>所有切片均已编辑或审核，预测从不改动它们。</translation>
        </message>
        <message>
            <source>Every slice of this case is reviewed.</source>
            <translation>此病例的所有切片均已审核。</translation>
        </message>
        <message>
            <source>Every slice stays in its place and as it is.</source>
            <translation>每张切片保持原位和原样。</translation>
        </message>
        <message>
            <source>Exchange labels</source>
            <translation>互换标签</translation>
        </message>
        <message>
            <source>Exporting %1</source>
            <translation>正在导出 %1</translation>
        </message>
        <message>
            <source>Fill %1</source>
            <translation>填充 %1</translation>
        </message>
        <message>
            <source>Fill between slices</source>
            <translation>切片间填充</translation>
        </message>
        <message>
            <source>Fill holes</source>
            <translation>填充孔洞</translation>
        </message>
        <message>
            <source>Fill the gaps with empty slices</source>
            <translation>用空切片填补间隙</translation>
        </message>
        <message>
            <source>Finishing: the held-out slices get no better</source>
            <translation>即将结束：留出切片的得分不再提高</translation>
        </message>
        <message>
            <source>Full range</source>
            <translation>全部范围</translation>
        </message>
        <message>
            <source>Give an island another label</source>
            <translation>将一个岛改为另一标签</translation>
        </message>
        <message>
            <source>Grow %1</source>
            <translation>生长 %1</translation>
        </message>
        <message>
            <source>Grow margin</source>
            <translation>外扩边缘</translation>
        </message>
        <message>
            <source>Hollow</source>
            <translation>空心</translation>
        </message>
        <message>
            <source>Import labels</source>
            <translation>导入标签</translation>
        </message>
        <message>
            <source>Imported %1 label%2 from %3 onto %4 frames.</source>
            <translation>已从 %3 将 %1 个标签导入到 %4 帧。%2</translation>
        </message>
        <message>
            <source>Imported %1 label%2 from %3.</source>
            <translation>已从 %3 导入 %1 个标签。</translation>
        </message>
        <message>
            <source>Intensities</source>
            <translation>强度</translation>
        </message>
        <message>
            <source>Intersect labels</source>
            <translation>标签求交</translation>
        </message>
        <message>
            <source>Invert label</source>
            <translation>反转标签</translation>
        </message>
        <message>
            <source>Keep largest island</source>
            <translation>保留最大岛</translation>
        </message>
        <message>
            <source>Keep one island</source>
            <translation>只保留一个岛</translation>
        </message>
        <message>
            <source>Label</source>
            <translation>标签</translation>
        </message>
        <message>
            <source>Label %1</source>
            <translation>标签 %1</translation>
        </message>
        <message>
            <source>Labels</source>
            <translation>标签</translation>
        </message>
        <message>
            <source>Last changed by</source>
            <translation>最后修改者</translation>
        </message>
        <message>
            <source>Laying %1 on the scan</source>
            <translation>正在将 %1 叠放到扫描上</translation>
        </message>
        <message>
            <source>Leave them as they were taken</source>
            <translation>保持采集时的样子</translation>
        </message>
        <message>
            <source>Left out: %1</source>
            <translation>已略去：%1</translation>
        </message>
        <message>
            <source>Looking at %1</source>
            <translation>正在查看 %1</translation>
        </message>
        <message>
            <source>Looking at %1 files</source>
            <translation>正在查看 %1 个文件</translation>
        </message>
        <message>
            <source>Looking at %1 files in %2</source>
            <translation>正在查看 %2 中的 %1 个文件</translation>
        </message>
        <message>
            <source>Looking for %1</source>
            <translation>正在查找 %1</translation>
        </message>
        <message>
            <source>Looking for backups</source>
            <translation>正在查找备份</translation>
        </message>
        <message>
            <source>Mean intensity</source>
            <translation>平均强度</translation>
        </message>
        <message>
            <source>Merge labels</source>
            <translation>合并标签</translation>
        </message>
        <message>
            <source>Modality</source>
            <translation>模态</translation>
        </message>
        <message>
            <source>NIfTI, compressed</source>
            <translation>NIfTI，压缩</translation>
        </message>
        <message>
            <source>NVIDIA graphics card that torch can use</source>
            <translation>torch 可用的 NVIDIA 显卡</translation>
        </message>
        <message>
            <source>Network</source>
            <translation>网络</translation>
        </message>
        <message>
            <source>New slices are interpolated between those that were taken.</source>
            <translation>在已采集的切片之间插值生成新切片。</translation>
        </message>
        <message>
            <source>No backup of the project “%1” could be made: %2.</source>
            <translation>未能为项目“%1”创建备份：%2。</translation>
        </message>
        <message>
            <source>No labels are shown, so drawing would not be seen. Show them first.</source>
            <translation>当前未显示标签，绘制的内容将看不见。请先显示标签。</translation>
        </message>
        <message>
            <source>No network was trained in this project.</source>
            <translation>此项目中尚未训练网络。</translation>
        </message>
        <message>
            <source>Not evenly spaced: you are asked how to open it.</source>
            <translation>间距不均匀：打开时会询问打开方式。</translation>
        </message>
        <message>
            <source>Not everything in the open project could be saved, so it is left as it is. Open it again.</source>
            <translation>打开的项目未能全部保存，因此保持原样。请重新打开。</translation>
        </message>
        <message>
            <source>Note</source>
            <translation>说明</translation>
        </message>
        <message>
            <source>Nothing here lies within the range of intensities to paint.</source>
            <translation>此处没有落在所选强度范围内的内容。</translation>
        </message>
        <message>
            <source>Nothing here resembles the place where the stroke began.</source>
            <translation>此处没有与笔画起点相似的内容。</translation>
        </message>
        <message>
            <source>Nothing is added or changed.</source>
            <translation>不增加也不改变任何内容。</translation>
        </message>
        <message>
            <source>Nothing is drawn on this case.</source>
            <translation>此病例上未绘制任何内容。</translation>
        </message>
        <message>
            <source>Nothing is drawn on this slice of frame %1.</source>
            <translation>第 %1 帧的此切片上没有绘制内容。</translation>
        </message>
        <message>
            <source>Nothing is reviewed yet. Correct a slice, press Enter to mark it reviewed, then click Retrain.</source>
            <translation>尚无已审核的切片。请修正一张切片，按 Enter 标记为已审核，然后单击“重新训练”。</translation>
        </message>
        <message>
            <source>Nothing was changed: only background may be painted over.</source>
            <translation>未作任何更改：只允许覆盖背景。</translation>
        </message>
        <message>
            <source>Nothing was changed: only “%1” may be painted over.</source>
            <translation>未作任何更改：只允许覆盖“%1”。</translation>
        </message>
        <message>
            <source>Nothing was changed: “%1” is locked.</source>
            <translation>未作任何更改：“%1”已锁定。</translation>
        </message>
        <message>
            <source>Nothing was changed: “%1” lies here and is hidden.</source>
            <translation>未作任何更改：此处的“%1”已隐藏。</translation>
        </message>
        <message>
            <source>On to %1: %2.</source>
            <translation>转到 %1：%2。</translation>
        </message>
        <message>
            <source>One entry in the list; Alt+Left and Alt+Right step through time.</source>
            <translation>列表中的一项；Alt+左和 Alt+右在时间上前后移动。</translation>
        </message>
        <message>
            <source>Only those that you tick next.</source>
            <translation>仅限您接下来勾选的帧。</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>开运算</translation>
        </message>
        <message>
            <source>Open %1#%2 for all as the slices of one volume, or one of them</source>
            <translation>打开 %1#%2 将全部作为一个体数据的切片，或打开其中之一</translation>
        </message>
        <message>
            <source>Open DICOM, NIfTI, NRRD, MetaImage, PNG, JPEG or TIFF.</source>
            <translation>请打开 DICOM、NIfTI、NRRD、MetaImage、PNG、JPEG 或 TIFF。</translation>
        </message>
        <message>
            <source>Open it all the same</source>
            <translation>仍然打开</translation>
        </message>
        <message>
            <source>Opening %1</source>
            <translation>正在打开 %1</translation>
        </message>
        <message>
            <source>Opening the network</source>
            <translation>正在打开网络</translation>
        </message>
        <message>
            <source>Opening the project</source>
            <translation>正在打开项目</translation>
        </message>
        <message>
            <source>Origin (LPS)</source>
            <translation>原点 (LPS)</translation>
        </message>
        <message>
            <source>Otsu threshold</source>
            <translation>Otsu 阈值</translation>
        </message>
        <message>
            <source>Outline %1</source>
            <translation>勾画 %1</translation>
        </message>
        <message>
            <source>PLY, a surface a label</source>
            <translation>PLY，每个标签一个表面</translation>
        </message>
        <message>
            <source>PNG, one a slice</source>
            <translation>PNG，每张切片一个</translation>
        </message>
        <message>
            <source>Paint %1</source>
            <translation>绘制 %1</translation>
        </message>
        <message>
            <source>Preparing the slices</source>
            <translation>正在准备切片</translation>
        </message>
        <message>
            <source>Project %1 · made %2 by UNet Studio, a research tool and no medical device</source>
            <translation>项目 %1 · 由 UNet Studio 于 %2 生成；研究工具，并非医疗器械</translation>
        </message>
        <message>
            <source>Proposed by</source>
            <translation>建议来自</translation>
        </message>
        <message>
            <source>Put the slices onto a right grid</source>
            <translation>将切片置于正交网格</translation>
        </message>
        <message>
            <source>Putting %1 onto a right grid</source>
            <translation>正在将 %1 置于正交网格</translation>
        </message>
        <message>
            <source>Reading %1</source>
            <translation>正在读取 %1</translation>
        </message>
        <message>
            <source>Recolour %1</source>
            <translation>更改%1的颜色</translation>
        </message>
        <message>
            <source>Regions of %1 overlap in %2 voxels, which have the label of the last.</source>
            <translation>%1 的区域在 %2 个体素上重叠，这些体素取最后一个区域的标签。</translation>
        </message>
        <message>
            <source>Remove %1</source>
            <translation>移除 %1</translation>
        </message>
        <message>
            <source>Remove one island</source>
            <translation>移除一个岛</translation>
        </message>
        <message>
            <source>Remove small islands</source>
            <translation>移除小岛</translation>
        </message>
        <message>
            <source>Rename %1 to %2</source>
            <translation>将%1重命名为%2</translation>
        </message>
        <message>
            <source>Reopen slice %1</source>
            <translation>重新打开切片 %1</translation>
        </message>
        <message>
            <source>Resample at even steps</source>
            <translation>按均匀间隔重采样</translation>
        </message>
        <message>
            <source>Reshaping labels</source>
            <translation>正在整形标签</translation>
        </message>
        <message>
            <source>Review slice %1</source>
            <translation>审核切片 %1</translation>
        </message>
        <message>
            <source>Reviewed by</source>
            <translation>审核者</translation>
        </message>
        <message>
            <source>Rows run along</source>
            <translation>行方向</translation>
        </message>
        <message>
            <source>STL, a surface a label</source>
            <translation>STL，每个标签一个表面</translation>
        </message>
        <message>
            <source>Scan</source>
            <translation>扫描</translation>
        </message>
        <message>
            <source>Scoring the checkpoint before</source>
            <translation>正在为之前的检查点评分</translation>
        </message>
        <message>
            <source>Series %1</source>
            <translation>序列 %1</translation>
        </message>
        <message>
            <source>Shown as if straight: the other planes are skewed.</source>
            <translation>按未倾斜显示：其他平面会歪斜。</translation>
        </message>
        <message>
            <source>Shrink margin</source>
            <translation>内缩边缘</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>大小</translation>
        </message>
        <message>
            <source>Slice</source>
            <translation>切片</translation>
        </message>
        <message>
            <source>Slice %1</source>
            <translation>切片 %1</translation>
        </message>
        <message>
            <source>Slice %1 of %2</source>
            <translation>切片 %1 / %2</translation>
        </message>
        <message>
            <source>Slices</source>
            <translation>切片</translation>
        </message>
        <message>
            <source>Slices of this scan are reviewed in the %1 plane. Turn to it first.</source>
            <translation>此扫描的切片在 %1 平面中审核。请先切换到该平面。</translation>
        </message>
        <message>
            <source>Slices run along</source>
            <translation>切片方向</translation>
        </message>
        <message>
            <source>Smooth</source>
            <translation>平滑</translation>
        </message>
        <message>
            <source>Smooth all labels</source>
            <translation>平滑所有标签</translation>
        </message>
        <message>
            <source>Soft tissue</source>
            <translation>软组织</translation>
        </message>
        <message>
            <source>Some slices have %1 channels and some %2; train grey and colour scans apart.</source>
            <translation>有些切片有 %1 个通道，有些有 %2 个；请将灰度和彩色扫描分开训练。</translation>
        </message>
        <message>
            <source>Something went wrong inside the program; it goes on, and what you drew is saved as the status bar says.</source>
            <translation>程序内部出错；程序继续运行，您绘制的内容按状态栏所示已保存。</translation>
        </message>
        <message>
            <source>Spacing</source>
            <translation>间距</translation>
        </message>
        <message>
            <source>Split into runs of even gaps, a case each</source>
            <translation>拆分为若干等间距段，每段一个病例</translation>
        </message>
        <message>
            <source>Split islands</source>
            <translation>拆分各岛</translation>
        </message>
        <message>
            <source>Standard deviation</source>
            <translation>标准差</translation>
        </message>
        <message>
            <source>Starting the network</source>
            <translation>正在启动网络</translation>
        </message>
        <message>
            <source>State</source>
            <translation>状态</translation>
        </message>
        <message>
            <source>Stored as</source>
            <translation>存储类型</translation>
        </message>
        <message>
            <source>Subtract label</source>
            <translation>减去标签</translation>
        </message>
        <message>
            <source>Table of volumes, CSV</source>
            <translation>体积表，CSV</translation>
        </message>
        <message>
            <source>Table of volumes, Excel</source>
            <translation>体积表，Excel</translation>
        </message>
        <message>
            <source>Taken with a tilted gantry: you are asked how to open it.</source>
            <translation>采集时机架倾斜：打开时会询问打开方式。</translation>
        </message>
        <message>
            <source>That case is no longer in this project.</source>
            <translation>该病例已不在此项目中。</translation>
        </message>
        <message>
            <source>The backup is back. What it replaced is kept as “%1” in the project’s folder.</source>
            <translation>备份已恢复。被替换的内容以“%1”保留在项目文件夹中。</translation>
        </message>
        <message>
            <source>The backup of “%1” could not be put back: %2.</source>
            <translation>未能恢复“%1”的备份：%2。</translation>
        </message>
        <message>
            <source>The backup “%1” is damaged itself. Choose another one.</source>
            <translation>备份“%1”本身已损坏。请选择其他备份。</translation>
        </message>
        <message>
            <source>The checkpoint %1 can't be read (%2). %3</source>
            <translation>无法读取检查点 %1（%2）。%3</translation>
        </message>
        <message>
            <source>The checkpoint %1 is not there any more. %2</source>
            <translation>检查点 %1 已不存在。%2</translation>
        </message>
        <message>
            <source>The checkpoint %1 was trained on scans of %2 channel%3 and %4 has %5; choose another checkpoint.</source>
            <translation>检查点 %1 以 %2 通道的扫描训练，而 %4 有 %5 个通道；请选择其他检查点。</translation>
        </message>
        <message>
            <source>The checkpoint %1 was trained on scans of %2 channels and these have %3; train from scratch instead.</source>
            <translation>检查点 %1 以 %2 通道的扫描训练，而这些有 %3 个通道；请改为从头训练。</translation>
        </message>
        <message>
            <source>The checkpoint can't be saved in the project “%1”: %2.</source>
            <translation>无法在项目“%1”中保存检查点：%2。</translation>
        </message>
        <message>
            <source>The checkpoint “%1” is gone. Train again.</source>
            <translation>检查点“%1”已不存在。请重新训练。</translation>
        </message>
        <message>
            <source>The checkpoint “%1” is in use. Activate another one before deleting it.</source>
            <translation>检查点“%1”正在使用。请先启用其他检查点再删除。</translation>
        </message>
        <message>
            <source>The folder %1 can't be made (%2). Choose another one.</source>
            <translation>无法创建文件夹 %1（%2）。请选择其他的。</translation>
        </message>
        <message>
            <source>The frames of %1 are not evenly spaced, so they are no volume.</source>
            <translation>%1 的帧间距不均匀，因此不构成体数据。</translation>
        </message>
        <message>
            <source>The frames of %1 lie on different grids. Export them as .nrrd.</source>
            <translation>%1 的各帧位于不同的网格上。请将它们导出为 .nrrd。</translation>
        </message>
        <message>
            <source>The open project stays open, as not everything in it is saved yet. %1</source>
            <translation>打开的项目保持打开，因为其中尚未全部保存。%1</translation>
        </message>
        <message>
            <source>The pictures in %1 differ in size. Choose a folder of one stack.</source>
            <translation>%1 中的图片尺寸不同。请选择单个堆栈的文件夹。</translation>
        </message>
        <message>
            <source>The pixel spacing of %1 is not stored: lengths are in pixels, volumes in ml are not shown.</source>
            <translation>%1 未存储像素间距：长度以像素计，不显示毫升体积。</translation>
        </message>
        <message>
            <source>The position and orientation of %1 in the patient are not stored: left and right are unknown.</source>
            <translation>%1 未存储在患者体内的位置和方向：左右未知。</translation>
        </message>
        <message>
            <source>The prediction stopped at a fault in the program. What came so far stays.</source>
            <translation>预测因程序故障而停止。已得到的结果会保留。</translation>
        </message>
        <message>
            <source>The program ended unexpectedly the last time. What had been drawn until then is here.</source>
            <translation>程序上次意外结束。此前绘制的内容都在这里。</translation>
        </message>
        <message>
            <source>The project “%1” can't be made: %2.</source>
            <translation>无法创建项目“%1”：%2。</translation>
        </message>
        <message>
            <source>The project “%1” can't be used: %2.</source>
            <translation>无法使用项目“%1”：%2。</translation>
        </message>
        <message>
            <source>The project “%1” can't be written to: %2.</source>
            <translation>无法写入项目“%1”：%2。</translation>
        </message>
        <message>
            <source>The project “%1” is closed already. Open it again.</source>
            <translation>项目“%1”已经关闭。请重新打开。</translation>
        </message>
        <message>
            <source>The project “%1” is damaged: %2 can't be read (%3). Put back a backup: File, Restore a backup.</source>
            <translation>项目“%1”已损坏：无法读取%2（%3）。请恢复备份：文件，恢复备份。</translation>
        </message>
        <message>
            <source>The project “%1” is not opened: the file “%2” in it would delete a file that is not the project's. Put back a backup: File, Restore a backup.</source>
            <translation>未打开项目“%1”：其中的文件“%2”会删除不属于该项目的文件。请恢复备份：文件，恢复备份。</translation>
        </message>
        <message>
            <source>The project “%1” is not opened: “%2” in it is a link and may lead to files that are not its own. Put what it leads to in its place, or ask for a copy without links.</source>
            <translation>未打开项目“%1”：其中的“%2”是链接，可能指向不属于它的文件。请用所指内容替换它，或索取不含链接的副本。</translation>
        </message>
        <message>
            <source>The project “%1” is open for writing by %2. Close it there, or open it here to look only.%3</source>
            <translation>项目“%1”正由 %2 打开写入。请在那里关闭，或在此处以仅查看方式打开。%3</translation>
        </message>
        <message>
            <source>The project “%1” is open to look only, so nothing in it can be changed.</source>
            <translation>项目“%1”以仅查看方式打开，因此无法更改。</translation>
        </message>
        <message>
            <source>The scan %1 of “%2” is no longer where it was. Connect the drive it lies on, or choose the folder it was moved to: File, Find moved scans.</source>
            <translation>“%2”的扫描 %1 已不在原处。请连接其所在的驱动器，或选择它移动到的文件夹：文件，查找已移动的扫描。</translation>
        </message>
        <message>
            <source>The settings can't be saved in %1: %2.</source>
            <translation>无法在 %1 中保存设置：%2。</translation>
        </message>
        <message>
            <source>The slices of %1 are in the order of their numbers, and the gaps between them are unknown.</source>
            <translation>%1 的切片按编号排序，切片间隙未知。</translation>
        </message>
        <message>
            <source>The slices of %1 are not evenly spaced (gaps of %2 to %3 mm)</source>
            <translation>%1 的切片间距不均匀（间隔 %2 至 %3 mm）</translation>
        </message>
        <message>
            <source>The slices of %1 are not evenly spaced, or their spacing is not told, so labels on them can't be placed in DICOM. Export as NRRD.</source>
            <translation>%1 的切片间距不均匀或未给出，因此其标签无法放入 DICOM。请导出为 NRRD。</translation>
        </message>
        <message>
            <source>The slices of %1 are not evenly spaced. How should the gaps be treated?</source>
            <translation>%1 的切片间距不均匀。如何处理间隙？</translation>
        </message>
        <message>
            <source>The spacing of %1 is that on the detector, not calibrated: lengths in the patient are smaller.</source>
            <translation>%1 的间距为探测器上的间距，未经校准：患者体内的长度更小。</translation>
        </message>
        <message>
            <source>The tags of %1 can't be read: the file is damaged.</source>
            <translation>无法读取 %1 的标记：文件已损坏。</translation>
        </message>
        <message>
            <source>The training could not be prepared in %1 (%2); free some space and try again.</source>
            <translation>未能在 %1 中准备训练（%2）；请释放空间后重试。</translation>
        </message>
        <message>
            <source>The training folder %1 is not whole; start the training again.</source>
            <translation>训练文件夹 %1 不完整；请重新开始训练。</translation>
        </message>
        <message>
            <source>The training process could not be started (%1). %2</source>
            <translation>训练进程未能启动（%1）。%2</translation>
        </message>
        <message>
            <source>The training process ended by itself (code %1).</source>
            <translation>训练进程自行结束（代码 %1）。</translation>
        </message>
        <message>
            <source>The training process fell silent.</source>
            <translation>训练进程没有响应。</translation>
        </message>
        <message>
            <source>The training process was ended by the system, most likely for want of memory. Close other programs.</source>
            <translation>训练进程被系统结束，很可能是内存不足。请关闭其他程序。</translation>
        </message>
        <message>
            <source>The training stopped at a fault in the program. Nothing of yours is lost.</source>
            <translation>训练因程序故障而停止。您的内容没有丢失。</translation>
        </message>
        <message>
            <source>The training went astray (its loss is not a number); train from scratch, or look for broken scans.</source>
            <translation>训练失控（损失不是数值）；请从头训练，或查找损坏的扫描。</translation>
        </message>
        <message>
            <source>The transparency (alpha) of %1 is left out.</source>
            <translation>%1 的透明度 (alpha) 已略去。</translation>
        </message>
        <message>
            <source>The values of %1 go up to %2: they became labels 1 to %3.</source>
            <translation>%1 的值最大为 %2：已转为标签 1 至 %3。</translation>
        </message>
        <message>
            <source>The voxel size of %1, %2 × %3 × %4 mm, was given by the user.</source>
            <translation>%1 的体素大小 %2 × %3 × %4 mm 由用户给出。</translation>
        </message>
        <message>
            <source>The voxel spacing of %1 is unknown: lengths are in pixels, volumes in ml are not shown.</source>
            <translation>%1 的体素间距未知：长度以像素计，不显示毫升体积。</translation>
        </message>
        <message>
            <source>The weights %1 are not there. %2</source>
            <translation>权重 %1 不存在。%2</translation>
        </message>
        <message>
            <source>There is no label to paint with. Add one in the list of labels first.</source>
            <translation>没有可用于绘制的标签。请先在标签列表中添加一个。</translation>
        </message>
        <message>
            <source>There is no network yet and no label to propose. Add a label first.</source>
            <translation>尚无网络，也没有可建议的标签。请先添加标签。</translation>
        </message>
        <message>
            <source>There is no reviewed slice to learn from; review at least one slice first.</source>
            <translation>没有可供学习的已审核切片；请先审核至少一张切片。</translation>
        </message>
        <message>
            <source>There is no trained network yet, so this first guess is a plain brightness threshold for “%1”. Correct a few slices, press Enter on each, then click Retrain.</source>
            <translation>尚无训练好的网络，因此“%1”的首次猜测只是简单的亮度阈值。请修正几张切片，在每张上按 Enter，然后单击“重新训练”。</translation>
        </message>
        <message>
            <source>There is not enough memory for the network; close other programs or choose the light network.</source>
            <translation>内存不足以运行网络；请关闭其他程序或选择轻量网络。</translation>
        </message>
        <message>
            <source>There is not enough memory for this training; close other programs or train on fewer slices.</source>
            <translation>内存不足以进行此训练；请关闭其他程序或减少训练切片。</translation>
        </message>
        <message>
            <source>This computer has no %1; choose the device “auto” or “cpu”.</source>
            <translation>此计算机没有 %1；请选择设备“auto”或“cpu”。</translation>
        </message>
        <message>
            <source>This project is open to look only, so no scan can be added.</source>
            <translation>此项目以仅查看方式打开，因此无法添加扫描。</translation>
        </message>
        <message>
            <source>This project is open to look only, so nothing in it can be changed.</source>
            <translation>此项目以仅查看方式打开，因此无法更改。</translation>
        </message>
        <message>
            <source>This project is open to look only. Open it for writing to retrain.</source>
            <translation>此项目以仅查看方式打开。请以可写方式打开以重新训练。</translation>
        </message>
        <message>
            <source>This slice is reviewed. Changing it makes it “edited” again.</source>
            <translation>此切片已审核。修改后将重新变为“已编辑”。</translation>
        </message>
        <message>
            <source>Threshold</source>
            <translation>阈值</translation>
        </message>
        <message>
            <source>Trying to save again</source>
            <translation>正在重试保存</translation>
        </message>
        <message>
            <source>Volume</source>
            <translation>体积</translation>
        </message>
        <message>
            <source>Voxels</source>
            <translation>体素</translation>
        </message>
        <message>
            <source>When (UTC)</source>
            <translation>时间 (UTC)</translation>
        </message>
        <message>
            <source>With the checkpoint before</source>
            <translation>之前的检查点</translation>
        </message>
        <message>
            <source>Without extremes</source>
            <translation>去除极值</translation>
        </message>
        <message>
            <source>Work</source>
            <translation>工作</translation>
        </message>
        <message>
            <source>Worked on in</source>
            <translation>工作平面</translation>
        </message>
        <message>
            <source>Writing %1</source>
            <translation>正在写入 %1</translation>
        </message>
        <message>
            <source>Writing the report of %1</source>
            <translation>正在写入 %1 的报告</translation>
        </message>
        <message>
            <source>Your labels and the checkpoint before are as they were; click Retrain to try again.</source>
            <translation>您的标签和之前的检查点保持原样；单击“重新训练”重试。</translation>
        </message>
        <message>
            <source>a directory of other files (DICOMDIR)</source>
            <translation>其他文件的目录 (DICOMDIR)</translation>
        </message>
        <message>
            <source>a path in it leads outside its folder</source>
            <translation>其中的路径指向其文件夹之外</translation>
        </message>
        <message>
            <source>a presentation state</source>
            <translation>显示状态</translation>
        </message>
        <message>
            <source>a radiotherapy dose (RTDOSE)</source>
            <translation>放疗剂量 (RTDOSE)</translation>
        </message>
        <message>
            <source>a radiotherapy plan or record</source>
            <translation>放疗计划或记录</translation>
        </message>
        <message>
            <source>a row of the journal</source>
            <translation>日志的一行</translation>
        </message>
        <message>
            <source>a segmentation (SEG)</source>
            <translation>分割 (SEG)</translation>
        </message>
        <message>
            <source>a set of contours (RTSTRUCT)</source>
            <translation>一组轮廓 (RTSTRUCT)</translation>
        </message>
        <message>
            <source>a slice state</source>
            <translation>切片状态</translation>
        </message>
        <message>
            <source>a stack of no pictures</source>
            <translation>没有图片的堆栈</translation>
        </message>
        <message>
            <source>a structured report (SR)</source>
            <translation>结构化报告 (SR)</translation>
        </message>
        <message>
            <source>an enclosed document</source>
            <translation>内嵌文档</translation>
        </message>
        <message>
            <source>another program is reading or copying it right now. Try again in a moment</source>
            <translation>另一程序正在读取或复制它。请稍后重试</translation>
        </message>
        <message>
            <source>as taken</source>
            <translation>保持原样</translation>
        </message>
        <message>
            <source>axial</source>
            <translation>横断</translation>
        </message>
        <message>
            <source>begun, not finished</source>
            <translation>已开始，未完成</translation>
        </message>
        <message>
            <source>can't be read as a database (%1). Restore a backup of the project</source>
            <translation>无法作为数据库读取 (%1)。请恢复项目的备份</translation>
        </message>
        <message>
            <source>checkpoint “%1”</source>
            <translation>检查点“%1”</translation>
        </message>
        <message>
            <source>coronal</source>
            <translation>冠状</translation>
        </message>
        <message>
            <source>decoding it took far more memory than it should</source>
            <translation>解码所用内存远超应有</translation>
        </message>
        <message>
            <source>decoding it was given up after %1 s</source>
            <translation>解码在 %1 秒后放弃</translation>
        </message>
        <message>
            <source>edited</source>
            <translation>已编辑</translation>
        </message>
        <message>
            <source>edited, not yet reviewed</source>
            <translation>已编辑，尚未审核</translation>
        </message>
        <message>
            <source>fill the gaps with empty slices</source>
            <translation>用空切片填补间隙</translation>
        </message>
        <message>
            <source>furthest from reviewed ones</source>
            <translation>离已审核切片最远</translation>
        </message>
        <message>
            <source>gaps between them are unknown</source>
            <translation>之间的间隔未知</translation>
        </message>
        <message>
            <source>gaps filled</source>
            <translation>间隙已填补</translation>
        </message>
        <message>
            <source>held-out Dice %1 (%2)</source>
            <translation>留出 Dice %1（%2）</translation>
        </message>
        <message>
            <source>held-out slice</source>
            <translation>留出切片</translation>
        </message>
        <message>
            <source>holds no image</source>
            <translation>不含图像</translation>
        </message>
        <message>
            <source>is a database by itself. Open the project folder it belongs to, whose name ends in .unetstudio</source>
            <translation>本身是数据库。请打开它所属的项目文件夹，其名称以 .unetstudio 结尾</translation>
        </message>
        <message>
            <source>is damaged: it is not a database, or malformed. Restore a backup of the project to recover what it held</source>
            <translation>已损坏：不是数据库，或格式有误。请恢复项目的备份以找回其内容</translation>
        </message>
        <message>
            <source>is damaged: the archive in it is cut short or makes no sense</source>
            <translation>已损坏：其中的压缩包不完整或无效</translation>
        </message>
        <message>
            <source>is damaged: the checksum of a part of it is wrong</source>
            <translation>已损坏：其中一部分的校验和有误</translation>
        </message>
        <message>
            <source>is damaged: the database in it is malformed. Restore a backup of the project to recover what it held</source>
            <translation>已损坏：其中的数据库格式有误。请恢复项目的备份以找回其内容</translation>
        </message>
        <message>
            <source>is not a checkpoint of ours but a pickled PyTorch file, which may run any program when it is opened; which architecture its weights belong to can't be told without that, so it is refused as unsafe</source>
            <translation>不是本程序的检查点，而是 pickle 格式的 PyTorch 文件，打开时可能运行任意程序；不打开便无法得知权重所属的结构，因此视为不安全而拒绝</translation>
        </message>
        <message>
            <source>is too large once unpacked (%1 GB) for its size, and no checkpoint of ours</source>
            <translation>解压后（%1 GB）与其大小不符，不是本程序的检查点</translation>
        </message>
        <message>
            <source>it holds a file name that Windows keeps for itself</source>
            <translation>其中含有 Windows 保留的文件名</translation>
        </message>
        <message>
            <source>it holds a link to another file</source>
            <translation>其中含有指向其他文件的链接</translation>
        </message>
        <message>
            <source>it holds two files of the same name (a duplicate)</source>
            <translation>其中有两个同名文件（重复）</translation>
        </message>
        <message>
            <source>its byte or line skip is no number</source>
            <translation>其跳过的字节数或行数不是数字</translation>
        </message>
        <message>
            <source>its decoder broke down on it</source>
            <translation>解码器处理它时崩溃</translation>
        </message>
        <message>
            <source>its folder can't be written to. Open it to look only, or copy it to a folder of yours</source>
            <translation>其文件夹不可写。请以仅查看方式打开，或复制到您自己的文件夹</translation>
        </message>
        <message>
            <source>its folder does not exist. Save somewhere else</source>
            <translation>其文件夹不存在。请保存到其他位置</translation>
        </message>
        <message>
            <source>its folder is a file. Choose another place</source>
            <translation>其文件夹是一个文件。请选择其他位置</translation>
        </message>
        <message>
            <source>its folder is a file. Save somewhere else</source>
            <translation>其文件夹是一个文件。请保存到其他位置</translation>
        </message>
        <message>
            <source>its folder is gone or can't be written to. Connect the drive it lies on, and try again</source>
            <translation>其文件夹已不存在或不可写。请连接其所在的驱动器后重试</translation>
        </message>
        <message>
            <source>its folder is gone. Connect the drive or network folder it lies on, and try again</source>
            <translation>其文件夹已不存在。请连接其所在的驱动器或网络文件夹后重试</translation>
        </message>
        <message>
            <source>its header claims the impossible size %1</source>
            <translation>其文件头声称的大小 %1 不可能</translation>
        </message>
        <message>
            <source>its header gives no sizes</source>
            <translation>其文件头未给出尺寸</translation>
        </message>
        <message>
            <source>its header names no data file (ElementDataFile)</source>
            <translation>其文件头未指明数据文件 (ElementDataFile)</translation>
        </message>
        <message>
            <source>lengths are in pixels</source>
            <translation>长度以像素计</translation>
        </message>
        <message>
            <source>less than a minute</source>
            <translation>不到一分钟</translation>
        </message>
        <message>
            <source>most to correct, about %1 may be wrong</source>
            <translation>最需修正，约 %1 可能有误</translation>
        </message>
        <message>
            <source>not enough held-out slices yet</source>
            <translation>留出切片尚不足</translation>
        </message>
        <message>
            <source>not enough memory</source>
            <translation>内存不足</translation>
        </message>
        <message>
            <source>not known</source>
            <translation>未知</translation>
        </message>
        <message>
            <source>not looked at yet</source>
            <translation>尚未查看</translation>
        </message>
        <message>
            <source>not told</source>
            <translation>未给出</translation>
        </message>
        <message>
            <source>not told by the file: lengths are in pixels</source>
            <translation>文件未给出：长度以像素计</translation>
        </message>
        <message>
            <source>nothing reviewed yet</source>
            <translation>尚无已审核切片</translation>
        </message>
        <message>
            <source>of the same pixels</source>
            <translation>像素相同</translation>
        </message>
        <message>
            <source>one step of it is larger than a project can keep. Work in smaller steps</source>
            <translation>其中一步超出项目可保存的大小。请分成更小的步骤</translation>
        </message>
        <message>
            <source>out of memory</source>
            <translation>内存不足</translation>
        </message>
        <message>
            <source>predicted</source>
            <translation>已预测</translation>
        </message>
        <message>
            <source>resample it at even steps</source>
            <translation>按均匀间隔重采样</translation>
        </message>
        <message>
            <source>reviewed</source>
            <translation>已审核</translation>
        </message>
        <message>
            <source>sagittal</source>
            <translation>矢状</translation>
        </message>
        <message>
            <source>split it into runs of even gaps</source>
            <translation>拆分为若干等间距段</translation>
        </message>
        <message>
            <source>taken with a tilted gantry. Choose whether its slices are put onto a right grid, or stay as they were taken</source>
            <translation>采集时机架倾斜。请选择将其切片置于正交网格，或保持采集时的样子</translation>
        </message>
        <message>
            <source>the %1 plane</source>
            <translation>%1平面</translation>
        </message>
        <message>
            <source>the disk is full. Free some space and save again</source>
            <translation>磁盘已满。请释放空间后重新保存</translation>
        </message>
        <message>
            <source>the disk is full. Free some space and try again</source>
            <translation>磁盘已满。请释放空间后重试</translation>
        </message>
        <message>
            <source>the disk is read-only. Copy it to a disk that can be written to</source>
            <translation>磁盘只读。请复制到可写的磁盘</translation>
        </message>
        <message>
            <source>the disk is read-only. Save somewhere else</source>
            <translation>磁盘只读。请保存到其他位置</translation>
        </message>
        <message>
            <source>the disk refused it</source>
            <translation>磁盘拒绝了它</translation>
        </message>
        <message>
            <source>the disk reports an error or is full. Check the disk and its connection, and try again</source>
            <translation>磁盘报告错误或已满。请检查磁盘及其连接后重试</translation>
        </message>
        <message>
            <source>the disk takes no file of that size. Free some space or move it to another disk</source>
            <translation>磁盘不接受该大小的文件。请释放空间或移到其他磁盘</translation>
        </message>
        <message>
            <source>the file system takes no file of that size. Save somewhere else</source>
            <translation>文件系统不接受该大小的文件。请保存到其他位置</translation>
        </message>
        <message>
            <source>the file “project.sqlite” in it is damaged or no project. Put back a backup: File, Restore a backup</source>
            <translation>其中的文件“project.sqlite”已损坏或不是项目。请恢复备份：文件，恢复备份</translation>
        </message>
        <message>
            <source>the file “project.sqlite” in it is damaged. Put back a backup: File, Restore a backup</source>
            <translation>其中的文件“project.sqlite”已损坏。请恢复备份：文件，恢复备份</translation>
        </message>
        <message>
            <source>the first of each was kept</source>
            <translation>保留每组的第一张</translation>
        </message>
        <message>
            <source>the labels of case “%1”, slice %2</source>
            <translation>病例“%1”切片 %2 的标签</translation>
        </message>
        <message>
            <source>the name is too long. Choose a shorter one</source>
            <translation>名称过长。请选择较短的名称</translation>
        </message>
        <message>
            <source>the name of its data file is impossible</source>
            <translation>其数据文件的名称无效</translation>
        </message>
        <message>
            <source>there is a folder of that name. Choose another name</source>
            <translation>已有同名文件夹。请选择其他名称</translation>
        </message>
        <message>
            <source>this computer's memory is used up. Close other programs and try again</source>
            <translation>此计算机的内存已用尽。请关闭其他程序后重试</translation>
        </message>
        <message>
            <source>this scan</source>
            <translation>此扫描</translation>
        </message>
        <message>
            <source>were moved within their plane by whole pixels onto a right grid: no intensity was changed, and each lies within half a pixel of where it was scanned.%1</source>
            <translation>已在其平面内按整像素移到正交网格上：强度未变，每张切片与扫描位置相差不超过半个像素。%1</translation>
        </message>
        <message>
            <source>whose slices are not evenly spaced (gaps differ). Choose whether to %1</source>
            <translation>的切片间距不均匀（间隔不一）。请选择：%1</translation>
        </message>
        <message>
            <source>you have no permission for its folder. Ask for it, or copy the project to a folder of yours</source>
            <translation>您没有其文件夹的权限。请申请权限，或将项目复制到您自己的文件夹</translation>
        </message>
        <message>
            <source>you have no permission to write there. Ask for it, or copy it to a folder of yours</source>
            <translation>您没有在该处写入的权限。请申请权限，或复制到您自己的文件夹</translation>
        </message>
        <message>
            <source>you have no permission to write there. Save somewhere else</source>
            <translation>您没有在该处写入的权限。请保存到其他位置</translation>
        </message>
        <message>
            <source>your share of the disk is used up. Free some space and save again</source>
            <translation>您的磁盘配额已用尽。请释放空间后重新保存</translation>
        </message>
        <message>
            <source>your share of the disk is used up. Free some space and try again</source>
            <translation>您的磁盘配额已用尽。请释放空间后重试</translation>
        </message>
        <message>
            <source>“%1” exists already. Open it, or choose another name.</source>
            <translation>“%1”已存在。请打开它，或选择其他名称。</translation>
        </message>
        <message>
            <source>“%1” is hidden, so painting it would not be seen. Show it first.</source>
            <translation>“%1”已隐藏，绘制也看不到。请先显示它。</translation>
        </message>
        <message>
            <source>“%1” is locked. Unlock it to paint it.</source>
            <translation>“%1”已锁定。请解锁后再绘制。</translation>
        </message>
        <message>
            <source>“%1” is locked. Unlock it to remove it.</source>
            <translation>“%1”已锁定。请解锁后再移除。</translation>
        </message>
    </context>
    <context>
        <name>SeriesDialog</name>
        <message>
            <source>All</source>
            <translation>全部</translation>
        </message>
        <message>
            <source>Choose series</source>
            <translation>选择序列</translation>
        </message>
        <message>
            <source>Each series that is ticked becomes a case</source>
            <translation>每个勾选的序列成为一个病例</translation>
        </message>
        <message>
            <source>None</source>
            <translation>全不选</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>打开</translation>
        </message>
        <message>
            <source>Open {n}</source>
            <translation>打开 {n} 个</translation>
        </message>
        <message>
            <source>Series</source>
            <translation>序列</translation>
        </message>
        <message>
            <source>Tick the series to open. Each becomes a case.</source>
            <translation>勾选要打开的序列。每个序列成为一个病例。</translation>
        </message>
        <message>
            <source>Tick what to open; Space ticks the marked one</source>
            <translation>勾选要打开的内容；空格键勾选当前项</translation>
        </message>
        <message>
            <source>Tick {what}</source>
            <translation>勾选 {what}</translation>
        </message>
        <message>
            <source>{n} frames</source>
            <translation>{n} 帧</translation>
        </message>
        <message>
            <source>{n} series found</source>
            <translation>找到 {n} 个序列</translation>
        </message>
    </context>
    <context>
        <name>Showing</name>
        <message>
            <source>Every slice is reviewed</source>
            <translation>所有切片均已审核</translation>
        </message>
        <message>
            <source>Everything is saved again.</source>
            <translation>一切已重新保存。</translation>
        </message>
        <message>
            <source>Look only</source>
            <translation>仅查看</translation>
        </message>
        <message>
            <source>Next: {slice}, {reason}  [N]</source>
            <translation>下一张：{slice}，{reason}  [N]</translation>
        </message>
        <message>
            <source>Redo</source>
            <translation>重做</translation>
        </message>
        <message>
            <source>Set pixel size…</source>
            <translation>设置像素大小…</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>重试</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>撤销</translation>
        </message>
        <message>
            <source>What you draw is not saved at the moment; it is tried again every few seconds. {why}</source>
            <translation>您绘制的内容目前未能保存；每隔几秒会重试。{why}</translation>
        </message>
        <message>
            <source>{name} is ready and in use.</source>
            <translation>{name} 已就绪并启用。</translation>
        </message>
        <message>
            <source>{name} is ready and in use. It took {time}, as the held-out slices got no better.</source>
            <translation>{name} 已就绪并投入使用。留出切片的得分不再提高，因此训练只用了 {time}。</translation>
        </message>
        <message>
            <source>{time} left</source>
            <translation>剩余 {time}</translation>
        </message>
    </context>
    <context>
        <name>Side</name>
        <message>
            <source>All that was done on this case; click to go back or forth</source>
            <translation>此病例上的所有操作；单击可退回或前进</translation>
        </message>
        <message>
            <source>History</source>
            <translation>历史</translation>
        </message>
        <message>
            <source>Labels</source>
            <translation>标签</translation>
        </message>
        <message>
            <source>Labels, brush and network</source>
            <translation>标签、画笔和网络</translation>
        </message>
        <message>
            <source>Labels, history and statistics</source>
            <translation>标签、历史和统计</translation>
        </message>
        <message>
            <source>Size and intensity of each label</source>
            <translation>每个标签的大小和强度</translation>
        </message>
        <message>
            <source>Statistics</source>
            <translation>统计</translation>
        </message>
    </context>
    <context>
        <name>SliceStrip</name>
        <message>
            <source> · held out</source>
            <translation> · 留出</translation>
        </message>
        <message>
            <source>Slice {0} · {1}</source>
            <translation>切片 {0} · {1}</translation>
        </message>
        <message>
            <source>Slices</source>
            <translation>切片</translation>
        </message>
        <message>
            <source>Slices and their states</source>
            <translation>切片及其状态</translation>
        </message>
        <message>
            <source>edited</source>
            <translation>已编辑</translation>
        </message>
        <message>
            <source>predicted</source>
            <translation>已预测</translation>
        </message>
        <message>
            <source>predicted (height: how unsure)</source>
            <translation>已预测（高度：不确定程度）</translation>
        </message>
        <message>
            <source>reviewed</source>
            <translation>已审核</translation>
        </message>
        <message>
            <source>untouched</source>
            <translation>未处理</translation>
        </message>
    </context>
    <context>
        <name>StatisticsPanel</name>
        <message>
            <source>An earlier scan of this patient in this project</source>
            <translation>此项目中该患者的较早扫描</translation>
        </message>
        <message>
            <source>COMPARED WITH</source>
            <translation>比较对象</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>复制</translation>
        </message>
        <message>
            <source>Copy as a table, to paste into a spreadsheet</source>
            <translation>复制为表格，可粘贴到电子表格</translation>
        </message>
        <message>
            <source>Earlier scan</source>
            <translation>较早的扫描</translation>
        </message>
        <message>
            <source>Nothing</source>
            <translation>无</translation>
        </message>
        <message>
            <source>Nothing is drawn on this case yet.</source>
            <translation>此病例上尚未绘制任何内容。</translation>
        </message>
        <message>
            <source>Save as CSV…</source>
            <translation>保存为 CSV…</translation>
        </message>
        <message>
            <source>Save the figures of this case as a file</source>
            <translation>将此病例的数据保存为文件</translation>
        </message>
        <message>
            <source>Statistics</source>
            <translation>统计</translation>
        </message>
    </context>
    <context>
        <name>Status</name>
        <message>
            <source>Everything is saved at once; there is no Save button</source>
            <translation>一切即时保存；没有“保存”按钮</translation>
        </message>
        <message>
            <source>NOT SAVED: {why}</source>
            <translation>未保存：{why}</translation>
        </message>
        <message>
            <source>Read only</source>
            <translation>只读</translation>
        </message>
        <message>
            <source>Saving</source>
            <translation>保存</translation>
        </message>
        <message>
            <source>Saving…</source>
            <translation>正在保存…</translation>
        </message>
        <message>
            <source>Status</source>
            <translation>状态</translation>
        </message>
        <message>
            <source>Stop (Ctrl+.)</source>
            <translation>停止 (Ctrl+.)</translation>
        </message>
        <message>
            <source>Stop what is being worked on</source>
            <translation>停止正在进行的工作</translation>
        </message>
        <message>
            <source>The voxel under the pointer</source>
            <translation>指针下的体素</translation>
        </message>
        <message>
            <source>{why} Click to try again at once.</source>
            <translation>{why} 单击立即重试。</translation>
        </message>
        <message>
            <source>✓ All changes saved</source>
            <translation>✓ 所有更改均已保存</translation>
        </message>
    </context>
    <context>
        <name>StripPicture</name>
        <message>
            <source>The slice under the pointer</source>
            <translation>指针下的切片</translation>
        </message>
    </context>
    <context>
        <name>SurfaceView</name>
        <message>
            <source>Build</source>
            <translation>构建</translation>
        </message>
        <message>
            <source>Build the surfaces again</source>
            <translation>重新构建表面</translation>
        </message>
        <message>
            <source>Drag turns, right-drag moves, the wheel zooms, a click takes the crosshair there</source>
            <translation>拖动旋转，右键拖动移动，滚轮缩放，单击将十字线移到该处</translation>
        </message>
        <message>
            <source>From the front, all of it (Home)</source>
            <translation>从正面显示全部 (Home)</translation>
        </message>
        <message>
            <source>Reset</source>
            <translation>重置</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>停止</translation>
        </message>
        <message>
            <source>Stop building surfaces</source>
            <translation>停止构建表面</translation>
        </message>
        <message>
            <source>Stopped.</source>
            <translation>已停止。</translation>
        </message>
        <message>
            <source>Surface of the labels</source>
            <translation>标签的表面</translation>
        </message>
        <message>
            <source>The surface of what is drawn appears here.</source>
            <translation>所绘制内容的表面将显示在此处。</translation>
        </message>
    </context>
    <context>
        <name>ToolOptionsPanel</name>
        <message>
            <source>A pen that is pressed lightly paints with a smaller brush</source>
            <translation>轻压时画笔变小</translation>
        </message>
        <message>
            <source>Background</source>
            <translation>背景</translation>
        </message>
        <message>
            <source>Brush size: Shift+wheel, or [ and ]</source>
            <translation>画笔大小：Shift+滚轮，或 [ 和 ]</translation>
        </message>
        <message>
            <source>Disc</source>
            <translation>圆盘</translation>
        </message>
        <message>
            <source>Empty</source>
            <translation>空白</translation>
        </message>
        <message>
            <source>From</source>
            <translation>从</translation>
        </message>
        <message>
            <source>Grows through the whole volume</source>
            <translation>在整个体积内生长</translation>
        </message>
        <message>
            <source>Grows within this slice</source>
            <translation>只在此切片内生长</translation>
        </message>
        <message>
            <source>How far intensities may differ from where it began</source>
            <translation>强度可与起点相差多少</translation>
        </message>
        <message>
            <source>How strongly labels cover the scan</source>
            <translation>标签覆盖扫描的程度</translation>
        </message>
        <message>
            <source>Keep hidden labels as they are</source>
            <translation>保护隐藏的标签</translation>
        </message>
        <message>
            <source>Label opacity</source>
            <translation>标签不透明度</translation>
        </message>
        <message>
            <source>Label that may be painted over</source>
            <translation>可被覆盖的标签</translation>
        </message>
        <message>
            <source>One</source>
            <translation>单个</translation>
        </message>
        <message>
            <source>Only this label is painted over or erased</source>
            <translation>只覆盖或擦除此标签</translation>
        </message>
        <message>
            <source>Paint only where there is no label yet</source>
            <translation>仅在尚无标签之处绘制</translation>
        </message>
        <message>
            <source>Paint over</source>
            <translation>可覆盖</translation>
        </message>
        <message>
            <source>Paint over every label that is not locked</source>
            <translation>覆盖所有未锁定的标签</translation>
        </message>
        <message>
            <source>Paint over, or erase, one chosen label only</source>
            <translation>只覆盖或擦除一个选定的标签</translation>
        </message>
        <message>
            <source>Paints only intensities from here</source>
            <translation>只绘制不低于此值的强度</translation>
        </message>
        <message>
            <source>Paints only intensities up to here</source>
            <translation>只绘制不高于此值的强度</translation>
        </message>
        <message>
            <source>Paints the slices beside it, too</source>
            <translation>同时绘制相邻切片</translation>
        </message>
        <message>
            <source>Paints this slice only</source>
            <translation>只绘制此切片</translation>
        </message>
        <message>
            <source>Pen pressure sets the size</source>
            <translation>笔压决定大小</translation>
        </message>
        <message>
            <source>Pixels</source>
            <translation>像素</translation>
        </message>
        <message>
            <source>Shape of the brush</source>
            <translation>画笔形状</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>大小</translation>
        </message>
        <message>
            <source>Size in mm: round in the patient</source>
            <translation>以毫米计：在患者体内为圆形</translation>
        </message>
        <message>
            <source>Size in pixels: as many each way</source>
            <translation>以像素计：各方向相同</translation>
        </message>
        <message>
            <source>Slice</source>
            <translation>切片</translation>
        </message>
        <message>
            <source>Sphere</source>
            <translation>球</translation>
        </message>
        <message>
            <source>TOOL</source>
            <translation>工具</translation>
        </message>
        <message>
            <source>To</source>
            <translation>到</translation>
        </message>
        <message>
            <source>Tolerance</source>
            <translation>容差</translation>
        </message>
        <message>
            <source>Tool</source>
            <translation>工具</translation>
        </message>
        <message>
            <source>Unit of the size</source>
            <translation>大小的单位</translation>
        </message>
        <message>
            <source>Unlocked</source>
            <translation>未锁定</translation>
        </message>
        <message>
            <source>Volume</source>
            <translation>体积</translation>
        </message>
        <message>
            <source>What is not seen is not painted over</source>
            <translation>看不见的不会被覆盖</translation>
        </message>
        <message>
            <source>Where it grows</source>
            <translation>生长范围</translation>
        </message>
        <message>
            <source>any</source>
            <translation>不限</translation>
        </message>
        <message>
            <source>mm</source>
            <translation>毫米</translation>
        </message>
    </context>
    <context>
        <name>TopBar</name>
        <message numerus="yes">
            <source>%n new</source>
            <translation>
                <numerusform>%n 个新增</numerusform>
            </translation>
        </message>
        <message>
            <source>How long to train, and from what</source>
            <translation>训练时长和起点</translation>
        </message>
        <message>
            <source>Retrain</source>
            <translation>重新训练</translation>
        </message>
        <message>
            <source>Toolbar</source>
            <translation>工具栏</translation>
        </message>
    </context>
    <context>
        <name>Tour</name>
        <message>
            <source>Back</source>
            <translation>返回</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>完成</translation>
        </message>
        <message>
            <source>Leave</source>
            <translation>退出</translation>
        </message>
        <message>
            <source>Leave the tour (Esc); it is under Help, Tour</source>
            <translation>退出导览 (Esc)；可在“帮助”&gt;“导览”中再次打开</translation>
        </message>
        <message>
            <source>Next</source>
            <translation>下一步</translation>
        </message>
        <message>
            <source>Not now</source>
            <translation>以后再说</translation>
        </message>
        <message>
            <source>The next step</source>
            <translation>下一步</translation>
        </message>
        <message>
            <source>The step before</source>
            <translation>上一步</translation>
        </message>
        <message>
            <source>Tour</source>
            <translation>导览</translation>
        </message>
        <message>
            <source>{n} of {all}</source>
            <translation>第 {n} 步，共 {all} 步</translation>
        </message>
    </context>
    <context>
        <name>Views</name>
        <message>
            <source>Click, or press M, to fill the room with this view, or to go back</source>
            <translation>单击或按 M 使此视图占满空间，或恢复原状</translation>
        </message>
        <message>
            <source>Maximise the view: {name}</source>
            <translation>最大化视图：{name}</translation>
        </message>
        <message>
            <source>Surface</source>
            <translation>表面</translation>
        </message>
        <message>
            <source>Views</source>
            <translation>视图</translation>
        </message>
    </context>
    <context>
        <name>WayDialog</name>
        <message>
            <source>How to open the scan</source>
            <translation>如何打开扫描</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>打开</translation>
        </message>
        <message>
            <source>Open {name}</source>
            <translation>打开 {name}</translation>
        </message>
        <message>
            <source>Opens the scan in the way that is marked</source>
            <translation>以选中的方式打开扫描</translation>
        </message>
    </context>
    <context>
        <name>WhyRetrain</name>
        <message>
            <source>The last {judged} proposals were right as they were: no need to retrain yet.</source>
            <translation>最近 {judged} 个建议无需修改：暂时不必重新训练。</translation>
        </message>
        <message>
            <source>{n} slices reviewed since: a one-minute Retrain is likely worth it for the rest of the scan.</source>
            <translation>此后又审核了 {n} 张切片：重新训练一分钟，对该扫描的其余部分可能很值得。</translation>
        </message>
        <message>
            <source>{n} slices reviewed since; you changed only {share} of what was proposed: a Retrain can wait.</source>
            <translation>此后又审核了 {n} 张切片；您只修改了建议的 {share}：重新训练可以再等等。</translation>
        </message>
        <message>
            <source>{n} slices reviewed since; you changed {share} of what was proposed: a one-minute Retrain is likely worth it for the rest of the scan.</source>
            <translation>此后又审核了 {n} 张切片；您修改了建议的 {share}：重新训练一分钟，对该扫描的其余部分可能很值得。</translation>
        </message>
    </context>
    <context>
        <name>_Card</name>
        <message>
            <source>Mean ± standard deviation of the intensities (lowest to highest)</source>
            <translation>强度的均值 ± 标准差（最低至最高）</translation>
        </message>
    </context>
    <context>
        <name>_LabelRow</name>
        <message>
            <source>Colour</source>
            <translation>颜色</translation>
        </message>
        <message>
            <source>Colour of {name}</source>
            <translation>{name} 的颜色</translation>
        </message>
        <message>
            <source>Colour…</source>
            <translation>颜色…</translation>
        </message>
        <message>
            <source>Double-click to rename</source>
            <translation>双击重命名</translation>
        </message>
        <message>
            <source>Lock: nothing paints over a locked label</source>
            <translation>锁定：任何操作都不会覆盖锁定的标签</translation>
        </message>
        <message>
            <source>Locked</source>
            <translation>锁定</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>名称</translation>
        </message>
        <message>
            <source>Remove label…</source>
            <translation>移除标签…</translation>
        </message>
        <message>
            <source>Rename</source>
            <translation>重命名</translation>
        </message>
        <message>
            <source>Show or hide</source>
            <translation>显示或隐藏</translation>
        </message>
        <message>
            <source>Visible</source>
            <translation>可见</translation>
        </message>
    </context>
    <context>
        <name>_Row</name>
        <message>
            <source>Back to {value}</source>
            <translation>恢复为 {value}</translation>
        </message>
        <message>
            <source>Default: {value}</source>
            <translation>默认：{value}</translation>
        </message>
        <message>
            <source>Reset</source>
            <translation>重置</translation>
        </message>
        <message>
            <source>Reset: {name}</source>
            <translation>重置：{name}</translation>
        </message>
    </context>
    <context>
        <name>_Rows</name>
        <message>
            <source>As it was at first</source>
            <translation>最初的样子</translation>
        </message>
    </context>
    <context>
        <name>questions</name>
        <message>
            <source>All files</source>
            <translation>所有文件</translation>
        </message>
        <message>
            <source>Keep the one before</source>
            <translation>保留之前的</translation>
        </message>
        <message>
            <source>My project</source>
            <translation>我的项目</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>名称</translation>
        </message>
        <message>
            <source>New project: name and place</source>
            <translation>新建项目：名称和位置</translation>
        </message>
        <message>
            <source>One stack</source>
            <translation>一个堆栈</translation>
        </message>
        <message>
            <source>Open a project (a folder ending in .unetstudio)</source>
            <translation>打开项目（以 .unetstudio 结尾的文件夹）</translation>
        </message>
        <message>
            <source>Open scans</source>
            <translation>打开扫描</translation>
        </message>
        <message>
            <source>Pictures</source>
            <translation>图片</translation>
        </message>
        <message>
            <source>Scans</source>
            <translation>扫描</translation>
        </message>
        <message>
            <source>Single cases</source>
            <translation>单独的病例</translation>
        </message>
        <message>
            <source>These are {count} pictures of one size. Are they the slices of one stack, or cases of their own?</source>
            <translation>这里有 {count} 张尺寸相同的图片。它们是同一堆栈的切片，还是各自独立的病例？</translation>
        </message>
        <message>
            <source>Use the new checkpoint?</source>
            <translation>使用新检查点吗？</translation>
        </message>
        <message>
            <source>Use the new one</source>
            <translation>使用新的</translation>
        </message>
        <message>
            <source>{name} scored lower on the held-out slices than the checkpoint in use: {before:.3f} → {after:.3f}.</source>
            <translation>{name} 在留出切片上的得分低于使用中的检查点：{before:.3f} → {after:.3f}。</translation>
        </message>
    </context>
</TS>
