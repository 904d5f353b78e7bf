// SPDX-License-Identifier: GPL-2.0-only

#[kernel_module(
    name = "hello",
    license = "Dual BSD/GPL",
    params(
        /// How often.
        #[param(perm = 0o644, range = 1..=100)]
        times: u32 = 1,
        loud: bool = false,
        /// Whom.
        who: &str = "world",
        #[param(perm = 0)]
        raw: &CStr = c"x",
        #[param(range = ..=MOST)]
        most: i64 = MOST,
    ),
)]
#[derive(Default)]
pub struct Hello;
