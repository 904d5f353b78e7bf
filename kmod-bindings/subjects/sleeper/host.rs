// SPDX-License-Identifier: GPL-2.0-only
//! `c/sleeper.h`: nothing is taken away whose handlers sleep.
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]

pub unsafe extern "C" fn kmod_sleepers_end() {}
