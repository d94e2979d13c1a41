<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
    <context>
        <name>CompareDialog</name>
        <message numerus="yes">
            <source>%n pixel(s) differ</source>
            <translation>
                <numerusform>%n pixel differs</numerusform>
                <numerusform>%n pixels differ</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>GrowingBar</name>
        <message numerus="yes">
            <source>Growing: %n slice(s) so far</source>
            <translation>
                <numerusform>Growing: %n slice so far</numerusform>
                <numerusform>Growing: %n slices so far</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>LookingBack</name>
        <message numerus="yes">
            <source>%n slice(s)</source>
            <translation>
                <numerusform>%n slice</numerusform>
                <numerusform>%n slices</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>TopBar</name>
        <message numerus="yes">
            <source>%n new</source>
            <translation>
                <numerusform>%n new</numerusform>
                <numerusform>%n new</numerusform>
            </translation>
        </message>
    </context>
</TS>
