// SPDX-License-Identifier: GPL-2.0-only
//! `validate` and `ParamValue::parse` run while `insmod` still sets parameters. Both keep here what the
//! others hand out, for `init` to look at it again.
#![no_std]
#![forbid(unsafe_code)]

use core::num::{NonZeroI32, NonZeroU16};

use kmod_core::prelude::*;

/// Parameters that are looked at while they are set
#[kernel_module(
    name = "vm_given",
    license = "GPL",
    params(
        /// A text
        text: &str = "text",
        /// A text of bytes
        bytes: &CStr = c"bytes",
        /// A text with room
        #[param(len = 32)]
        room: &str = "room",
        /// A text that is looked at
        #[param(validate = any_text)]
        seen: &str = "seen",
        /// Texts
        words: [&str; 3] = ["some", "words"],
        /// Numbers
        numbers: [u32; 3] = [1, 2],
        /// A text that may change
        #[param(perm = 0o644)]
        live: &str = "live",
        /// Looks
        #[param(validate = look)]
        look: u32 = 0,
        /// Looks, too
        peep: Peep = Peep,
        /// What is divided by
        #[param(perm = 0o644, on_change = VmGiven::share)]
        every: NonZeroU16 = NonZeroU16::MIN,
        /// The same, with a sign
        #[param(perm = 0o644)]
        step: NonZeroI32 = NonZeroI32::new(-1).unwrap(),
    ),
)]
struct VmGiven;

/// What the parameters hand out, and a copy of what that was.
struct Seen {
    handed: Handed,
    copy: KString,
}

struct Handed {
    text: &'static str,
    bytes: &'static CStr,
    room: &'static str,
    seen: &'static str,
    words: &'static [&'static str],
    numbers: &'static [u32],
}

impl Handed {
    fn now() -> Self {
        let params = VmGiven::params();
        Self {
            text: params.text(),
            bytes: params.bytes(),
            room: params.room(),
            seen: params.seen(),
            words: params.words(),
            numbers: params.numbers(),
        }
    }

    fn copy(&self) -> Result<KString> {
        KString::from_fmt(
            format_args!(
                "{} {:?} {} {} {:?} {:?}",
                self.text, self.bytes, self.room, self.seen, self.words, self.numbers
            ),
            GFP_KERNEL,
        )
    }
}

static SEEN: Mutex<KVec<Seen>> = Mutex::new(KVec::new());

fn keep() -> Result {
    let handed = Handed::now();
    let copy = handed.copy()?;
    SEEN.lock().push(Seen { handed, copy }, GFP_KERNEL)?;
    Ok(())
}

fn look(_: u32) -> Result {
    keep()
}

fn any_text(_: &str) -> Result {
    Ok(())
}

#[derive(Clone, Copy)]
struct Peep;

impl ParamValue for Peep {
    fn parse(_: &str) -> Result<Self> {
        keep()?;
        Ok(Peep)
    }

    fn show(&self, _: &mut ParamWriter<'_>) -> Result {
        Ok(())
    }
}

impl VmGiven {
    fn share(&self, every: NonZeroU16) {
        pr_info!("share {}", 1000 / every);
    }
}

impl KernelModule for VmGiven {
    fn init(_: &VmGivenParams) -> Result<Self> {
        let mut seen = SEEN.lock();
        for (index, Seen { handed, copy }) in seen.iter().enumerate() {
            let now = handed.copy()?;
            if **copy == *now {
                pr_info!("{} {}", index, copy);
            } else {
                pr_info!("{} changed: {} became {}", index, copy, now);
            }
        }
        seen.clear();
        pr_info!("last {}", Handed::now().copy()?);
        Ok(VmGiven)
    }
}
