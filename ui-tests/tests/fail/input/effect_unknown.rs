// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[input(keys(KEY_A), force_feedback(FF_SPRING))]
    pad: Input<Shaker>,
}

#[derive(Default)]
struct Shaker;

#[handlers]
impl InputOps for Shaker {
    fn play_effect(&self, _input: &InputCall<'_, Self>, _effect: FfEffect) {}
}

fn main() {}
