// SPDX-License-Identifier: GPL-2.0-only
//! Parameters of every kind, with every key.
#![forbid(unsafe_code)]
#![deny(warnings)]

use kmod_core::prelude::*;

const MOST: u16 = 1000;
const FIRST: u16 = 7;
const PORTS: [u16; 2] = [1, 2];
const LENGTH: usize = 4;

#[kernel_module(
    name = "dials",
    license = "GPL",
    params(
        #[param(kind = hexint)]
        mask: u32 = 0xff,
        #[param(kind = invbool, perm = 0o644)]
        quiet: bool = false,
        #[param(kind = bint)]
        auto: i32 = -1,
        #[param(perm = 0o644, validate = even, on_change = Dials::retune)]
        pitch: u32 = 440,
        #[param(validate = |on| if on { Ok(()) } else { Err(EINVAL) })]
        on: bool = true,
        #[param(perm = 0o644, on_change = ignore)]
        byte: u8 = 1,
        #[param(perm = 0o644, range = 1..=MOST, hw = ioport)]
        ports: [u16; LENGTH] = [1, FIRST],
        fixed_ports: [u16; 2 + 2] = PORTS,
        flags: [bool; 3] = [true; 3],
        #[param(kind = hexint)]
        masks: [u32; 2] = [],
        names: [&str; 2] = ["a", "b"],
        #[param(perm = 0o644, validate = few, on_change = Dials::rename)]
        words: [&CStr; 2] = ["a", c"b"],
        #[param(perm = 0o644, len = 16, taint = true, validate = short)]
        label: &str = "none",
        #[param(len = 16)]
        fixed_label: &CStr = c"none",
        #[param(perm = 0o644, name = "text")]
        r#type: &CStr = c"none",
        #[param(perm = 0o644, on_change = Dials::set_speed)]
        speed: Speed = Speed::Slow,
        size: own::Size = own::Size(4096),
    ),
)]
struct Dials {
    pitch: AtomicU32,
}

fn even(pitch: u32) -> Result {
    if pitch.is_multiple_of(2) {
        Ok(())
    } else {
        Err(EINVAL)
    }
}

fn short(label: &str) -> Result {
    if label.len() < 5 { Ok(()) } else { Err(EINVAL) }
}

fn few(words: &[&CStr]) -> Result {
    if words.len() < 2 { Ok(()) } else { Err(EINVAL) }
}

fn ignore(_dials: &Dials, _byte: u8) {}

impl Dials {
    fn retune(&self, pitch: u32) {
        self.pitch.store(pitch, Ordering::Relaxed);
    }

    fn rename(&self, words: &[&CStr]) {
        for word in words {
            pr_info!("{}: {}", self.pitch.load(Ordering::Relaxed), c_str(word));
        }
    }

    fn set_speed(&self, speed: Speed) {
        self.pitch.store(speed as u32, Ordering::Relaxed);
    }
}

#[derive(Clone, Copy, ParamEnum)]
enum Speed {
    Slow,
    VeryFast,
    #[param(name = "off")]
    Stopped,
}

mod own {
    use kmod_core::prelude::*;

    #[derive(Clone, Copy)]
    pub struct Size(pub u32);

    impl ParamValue for Size {
        fn parse(text: &str) -> Result<Self> {
            text.parse().map(Size).map_err(|_| EINVAL)
        }

        fn show(&self, to: &mut ParamWriter<'_>) -> Result {
            write!(to, "{}", self.0)
        }
    }
}

impl KernelModule for Dials {
    fn init(params: &DialsParams) -> Result<Self> {
        let _numbers: (u32, bool, i32, bool, u8) = (
            params.mask(),
            params.quiet(),
            params.auto(),
            params.on(),
            params.byte(),
        );
        let ports = params.ports();
        let _count: usize = ports.len();
        let _sum: u16 = ports.iter().sum();
        let _fixed: &[u16] = params.fixed_ports();
        let _flags: (&[bool], &[u32]) = (params.flags(), params.masks());
        let _names: &[&str] = params.names();
        for _word in &params.words() {}
        let label = params.label();
        let _text: &str = &label;
        pr_info!("{}", label);
        let _label: &CStr = params.fixed_label();
        let _type: &CStr = &params.r#type();
        let _size: own::Size = params.size();
        let _fast = match params.speed() {
            Speed::Slow => 1,
            Speed::VeryFast => 2,
            Speed::Stopped => 0,
        };
        Ok(Self {
            pitch: AtomicU32::new(params.pitch()),
        })
    }
}

fn main() {}
