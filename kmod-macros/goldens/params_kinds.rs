// SPDX-License-Identifier: GPL-2.0-only

#[kernel_module(
    name = "dials",
    license = "GPL",
    params(
        /// In base 16.
        #[param(perm = 0o644, kind = hexint, name = "flags")]
        mask: u32 = 0xff,
        #[param(perm = 0o644, validate = even, on_change = Dials::retune)]
        pitch: u32 = 440,
        #[param(range = 1..=MOST, hw = ioport)]
        ports: [u16; 4] = [1, FIRST],
        #[param(perm = 0o644)]
        names: [&CStr; 2] = ["a"],
        #[param(perm = 0o600, len = 16, taint = true)]
        label: &str = "none",
        #[param(perm = 0o644)]
        speed: Speed = Speed::Slow,
    ),
)]
#[derive(Default)]
pub struct Dials;

#[derive(Clone, Copy, ParamEnum)]
enum Speed {
    Slow,
    VeryFast,
    #[param(name = "off")]
    Stopped,
}
