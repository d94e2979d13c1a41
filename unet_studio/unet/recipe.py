"""How the networks are trained: ours, and the classic one as its demo does it."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from unet_studio.segmentation.segmenter import Architecture
from unet_studio.unet.deep_supervision import CoarseHeads, deep_loss
from unet_studio.unet.device import Runtime
from unet_studio.unet.loss import UNKNOWN, segmentation_loss
from unet_studio.unet.network import UNet
from unet_studio.unet.schedule import learning_rate

_DEMO_RATE = 1e-4
_AVERAGED = 5.0  # the kept weights are a mean in which the last fifth of the steps counts most


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a training does at each step.

    Ours: AdamW with warm-up and decay up to ``peak_rate``, cross-entropy and soft Dice, bounded gradients, and the moving
    average of the weights is kept; coarser levels answer too where it ``is_deep``. The demo's: Adam at 1e-4 throughout,
    cross-entropy, which is binary for one structure, the last weights, and the share of pixels that are right is reported.
    """

    peak_rate: float
    is_demo: bool = False
    is_deep: bool = False

    def average_share(self, step: int) -> float:
        """How much of the kept weights the ``step``-th step replaces, counted from 1: all where they are the last ones.

        Ours are a mean over all steps in which later ones count more, as the fourth power of their number.
        """
        return 1.0 if self.is_demo else _AVERAGED / (step + _AVERAGED)

    def coarse_heads(self, network: nn.Module) -> CoarseHeads | None:
        """The heads of coarser levels, which learn with the network; None where this recipe has none."""
        return CoarseHeads(network) if self.is_deep and isinstance(network, UNet) else None

    def optimiser(
        self, network: nn.Module, coarse: CoarseHeads | None = None, *, head_factor: float = 1.0
    ) -> torch.optim.Optimizer:
        """The optimiser; the head learns ``head_factor`` times as fast as the rest."""
        head = [p for name, p in network.named_parameters() if name.startswith("head.")]
        body = [p for name, p in network.named_parameters() if not name.startswith("head.")]
        body += [] if coarse is None else list(coarse.parameters())
        rates = [self.peak_rate, head_factor * self.peak_rate]
        groups = [{"params": p, "peak": r, "lr": r} for p, r in zip((body, head), rates, strict=True)]
        on_card = head[0].is_cuda
        if on_card:  # where a recorded step can see it change
            groups = [{**g, "lr": torch.tensor(g["lr"], device=head[0].device)} for g in groups]
        if self.is_demo:
            return torch.optim.Adam(groups, eps=1e-7, fused=on_card, capturable=on_card)  # Keras' epsilon
        return torch.optim.AdamW(groups, weight_decay=1e-2, fused=True, capturable=on_card)  # 4 % of a step less

    def set_rate(self, optimiser: torch.optim.Optimizer, *, progress: float, step: int) -> None:
        """Afterwards the optimiser has the rate for a step at ``progress``, 0 to 1."""
        for group in optimiser.param_groups:
            peak = group["peak"]
            rising = learning_rate(progress, step=step, peak=peak, warm_up_steps=20)
            rate = peak if self.is_demo else rising
            if isinstance(group["lr"], Tensor):
                group["lr"].fill_(rate)
            else:
                group["lr"] = rate

    def work(
        self,
        runtime: Runtime,
        network: nn.Module,
        optimiser: torch.optim.Optimizer,
        images: Tensor,
        planes: Tensor,
        *,
        coarse: CoarseHeads | None = None,
    ) -> Tensor:
        """What a batch told, after a step that makes its loss smaller: the loss, and the accuracy where it is reported."""
        with runtime.autocast():
            logits, coarser = (network(images), []) if coarse is None else coarse(network, images)
        target = (planes.long() - 2).clamp(min=UNKNOWN)
        loss = segmentation_loss(logits, target, with_dice=not self.is_demo)
        optimiser.zero_grad(set_to_none=True)
        deep_loss(loss, coarser, target).backward()  # type: ignore[no-untyped-call]
        if not self.is_demo:
            nn.utils.clip_grad_norm_([p for group in optimiser.param_groups for p in group["params"]], 5.0)
        optimiser.step()
        told = [loss.detach(), pixel_accuracy(logits.detach(), target)] if self.is_demo else [loss.detach()]
        return torch.stack(told)


def recipe_of(architecture: Architecture, *, is_continued: bool = False) -> Recipe:
    """How a network is trained; ``is_continued`` from a checkpoint, whose weights are good already, at a third of the rate.

    Fresh heads on coarser levels would disturb such weights, so only a new network has them.
    """
    if architecture == "classic":
        return Recipe(_DEMO_RATE, is_demo=True)
    return Recipe(1e-3) if is_continued else Recipe(3e-3, is_deep=True)


def pixel_accuracy(logits: Tensor, target: Tensor) -> Tensor:
    """The share of known pixels (N, H, W) whose likeliest class is the right one, one figure; 1 where none is known."""
    known = target != UNKNOWN
    right = ((logits.argmax(dim=1) == target) & known).sum()
    return torch.where(known.any(), right / known.sum().clamp(min=1), 1.0)
