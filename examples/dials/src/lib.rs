// SPDX-License-Identifier: GPL-2.0-only
//! A mixing desk without sound: a parameter of every kind.
#![no_std]
#![forbid(unsafe_code)]

use kmod_core::prelude::*;

/// A mixing desk without sound, to show parameters of every kind
#[kernel_module(
    name = "dials",
    license = "GPL",
    authors = ["The kmod developers"],
    params(
        /// Says more; the bare word is enough
        verbose: bool = false,
        /// Turns the sound off
        #[param(perm = 0o644, kind = invbool, name = "mute")]
        sound: bool = true,
        /// Whether levels follow the room: 0, 1, or -1 for as the desk thinks
        #[param(perm = 0o644, kind = bint)]
        auto: i32 = -1,
        /// How loud
        #[param(perm = 0o644, range = 0..=11, on_change = Dials::turn)]
        volume: u8 = 5,
        /// Which channels are on, a bit each
        #[param(perm = 0o644, kind = hexint)]
        channels: u32 = 0xff,
        /// Levels of the channels in dB
        #[param(perm = 0o644, range = -60..=6, on_change = Dials::set_levels)]
        levels: [i8; 8] = [0, 0],
        /// Samples for each buffer: a power of two
        #[param(validate = power_of_two)]
        samples: usize = 512,
        /// How low notes are treated
        #[param(perm = 0o644)]
        bass: Bass = Bass::Flat,
        /// Time between two beats, as 500ms or 2s
        #[param(perm = 0o644)]
        beat: Period = Period { ms: 500 },
        /// What stands on the desk
        #[param(perm = 0o644, len = 16, validate = printable)]
        label: &str = "main",
        /// Who is on stage
        players: [&str; 4] = [],
        /// Where the desk is plugged in
        #[param(hw = ioport)]
        ports: [u16; 2] = [0x330],
        /// Lets levels go beyond what speakers take
        #[param(taint = true)]
        no_limits: bool = false,
    ),
)]
struct Dials {
    turns: AtomicU32,
}

#[derive(Clone, Copy, ParamEnum)]
enum Bass {
    Flat,
    Boost,
    #[param(name = "cut")]
    CutOff,
}

#[derive(Clone, Copy)]
struct Period {
    ms: u32,
}

impl ParamValue for Period {
    fn parse(text: &str) -> Result<Self> {
        let (number, ms) = match text.strip_suffix("ms") {
            Some(number) => (number, 1),
            None => (text.strip_suffix('s').ok_or(EINVAL)?, 1000),
        };
        let number: u32 = number.parse().map_err(|_| EINVAL)?;
        let ms = number.checked_mul(ms).ok_or(ERANGE)?;
        Ok(Self { ms })
    }

    fn show(&self, to: &mut ParamWriter<'_>) -> Result {
        write!(to, "{}ms", self.ms)
    }
}

fn power_of_two(samples: usize) -> Result {
    if samples.is_power_of_two() {
        Ok(())
    } else {
        Err(EINVAL)
    }
}

fn printable(label: &str) -> Result {
    if label.chars().any(char::is_control) {
        Err(EINVAL)
    } else {
        Ok(())
    }
}

impl Dials {
    fn turn(&self, volume: u8) {
        let turns = self.turns.fetch_add(1, Ordering::Relaxed) + 1;
        pr_info!("turn {turns}: volume {volume}");
    }

    fn set_levels(&self, levels: &[i8]) {
        for (channel, level) in levels.iter().enumerate() {
            pr_info!("channel {channel}: {level} dB");
        }
    }
}

impl KernelModule for Dials {
    fn init(params: &DialsParams) -> Result<Self> {
        let bass = match params.bass() {
            Bass::Flat => 0,
            Bass::Boost => 6,
            Bass::CutOff => -60,
        };
        pr_info!(
            "{}: volume {}, bass {bass} dB",
            params.label(),
            params.volume()
        );
        if params.verbose() {
            pr_info!(
                "sound {}, auto {}, channels {:#x}, {} levels, {} samples, beat {} ms",
                params.sound(),
                params.auto(),
                params.channels(),
                params.levels().len(),
                params.samples(),
                params.beat().ms,
            );
            for player in params.players() {
                pr_info!("player {player}");
            }
            for port in params.ports() {
                pr_info!("port {port:#x}");
            }
            pr_info!("no limits: {}", params.no_limits());
        }
        Ok(Self {
            turns: AtomicU32::new(0),
        })
    }
}
