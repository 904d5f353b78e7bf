// SPDX-License-Identifier: GPL-2.0-only
//! `cargo kmod demo`: an example from its source to a loaded module that is used and unloaded,
//! shown as a transcript. It passes only if each step's result was seen in the guest.

use std::thread;

use anyhow::{Result, anyhow};
use kmod_test::wire::{Event, Plan, Status};

use crate::build;
use crate::context::Context;
use crate::error::usage;
use crate::exit::Exit;
use crate::kernels::{self, KernelArgs};
use crate::package::Package;
use crate::setup;
use crate::suite;
use crate::vm::{self, Boot, Machine, VmArgs, Watch};

/// The example that is shown.
const EXAMPLE: &str = "ticket";

/// Options of `demo`.
#[derive(clap::Args)]
pub struct Args {
    /// Kernel.
    #[command(flatten)]
    kernel: KernelArgs,
    /// VM.
    #[command(flatten)]
    vm: VmArgs,
    #[command(flatten)]
    pub(super) cargo: super::cargo::CargoArgs,
}

/// A command in the guest, and what must come of it.
struct Step {
    /// What the reader shall know before.
    about: &'static str,
    command: &'static str,
    expect: Expect,
}

enum Expect {
    /// It succeeds, and one of its lines is this, or contains it after a `*`.
    Says(&'static [&'static str]),
    /// It fails, with a line that contains this.
    Fails(&'static str),
}

use Expect::{Fails, Says};

const STEPS: &[Step] = &[
    Step {
        about: "what the module says about itself; all of it comes from the attributes",
        command: "modinfo ticket.ko",
        expect: Says(&["*license:        GPL", "*start:", "*vermagic:"]),
    },
    Step {
        about: "load it, with a parameter",
        command: "insmod ticket.ko start=7",
        expect: Says(&[]),
    },
    Step {
        about: "its parameter, in sysfs",
        command: "cat /sys/module/ticket/parameters/start",
        expect: Says(&["7"]),
    },
    Step {
        about: "its device node: every read takes the next number",
        command: "ls -l /dev/ticket",
        expect: Says(&["*crw-r--r--"]),
    },
    Step {
        about: "",
        command: "head -n 1 /dev/ticket",
        expect: Says(&["7"]),
    },
    Step {
        about: "",
        command: "head -n 1 /dev/ticket",
        expect: Says(&["8"]),
    },
    Step {
        about: "its sysctl: the distance between two numbers",
        command: "cat /proc/sys/ticket/step",
        expect: Says(&["1"]),
    },
    Step {
        about: "",
        command: "echo 10 > /proc/sys/ticket/step",
        expect: Says(&[]),
    },
    Step {
        about: "",
        command: "head -n 1 /dev/ticket",
        expect: Says(&["9"]),
    },
    Step {
        about: "",
        command: "head -n 1 /dev/ticket",
        expect: Says(&["19"]),
    },
    Step {
        about: "writing to the device says which number is next",
        command: "echo 500 > /dev/ticket",
        expect: Says(&[]),
    },
    Step {
        about: "",
        command: "head -n 1 /dev/ticket",
        expect: Says(&["500"]),
    },
    Step {
        about: "out of the range that the attribute gives",
        command: "echo 1000 > /proc/sys/ticket/step",
        expect: Fails("Invalid argument"),
    },
    Step {
        about: "unload it, and its device is gone",
        command: "rmmod ticket",
        expect: Says(&[]),
    },
    Step {
        about: "",
        command: "ls /dev/ticket",
        expect: Fails("No such file or directory"),
    },
];

/// Runs the verb.
pub fn run(args: &Args, ctx: &Context) -> Result<Exit> {
    let package = Package::selected(&ctx.cwd, Some(EXAMPLE)).map_err(|_| {
        usage(format!(
            "the demo shows the example `{EXAMPLE}`, which is not here"
        ))
        .help("run it in the folder that `git clone` made of this project")
    })?;
    setup::ensure(ctx, args.kernel.needs())?;
    let kernel = kernels::find(ctx, &args.kernel)?;
    setup::ensure(ctx, &kernel.needs())?;
    // The first time cargo compiles the VM's first process, too: while one compiler works alone on what all
    // others wait for.
    let (module, machine) = thread::scope(|scope| {
        let module = scope.spawn(|| build::build_module(ctx, &package.dir, &kernel));
        let machine = Machine::prepare(ctx, &args.vm, &kernel, &package.dir, &package.target_dir);
        (module.join(), machine)
    });
    let module = module.map_err(|_| anyhow!("the thread of the build panicked"))??;
    let machine = machine?;
    let mut boot = Boot::new("demo", Plan::default());
    boot.items = suite::modules(&module);
    boot.plan.commands = STEPS
        .iter()
        .map(|step| step.command.split(' ').map(str::to_owned).collect())
        .collect();

    println!("# {} is the source.", shown(&package));
    println!("# cargo kmod build -p {}", package.name);
    println!("{}", module.ko.display());
    println!(
        "# Linux {} starts in QEMU ({}), with the module in its initramfs.",
        kernel.release,
        machine.accel_name()
    );
    let mut transcript = Transcript::default();
    let ended = machine.boot(&boot, &mut |event| transcript.see(event))?;
    let Some(ended) = ended else {
        return Ok(Exit::Pass);
    };
    if let Some((exit, lines)) = vm::trouble_of(&ended) {
        eprintln!("error: {}", lines.join("\n"));
        return Ok(exit);
    }
    let problems = transcript.end();
    if problems.is_empty() {
        println!(
            "# All {} steps were seen to happen in the guest.",
            STEPS.len()
        );
        return Ok(Exit::Pass);
    }
    for problem in problems {
        eprintln!("error: {problem}");
    }
    eprintln!("{}", vm::console_lines(&ended).join("\n"));
    eprintln!("again: cargo kmod demo");
    Ok(Exit::TestFailed)
}

/// The example's source, from where the user stands.
fn shown(package: &Package) -> String {
    let file = package.dir.join("src/lib.rs");
    let from = file.strip_prefix(&package.workspace_dir).unwrap_or(&file);
    from.display().to_string()
}

/// Prints what happens as it happens, and checks each step.
#[derive(Default)]
struct Transcript {
    watch: Watch,
    step: usize,
    lines: Vec<String>,
    seen: usize,
    problems: Vec<String>,
}

impl Transcript {
    fn see(&mut self, event: Event) {
        self.watch.see(&event);
        match event {
            Event::Begin(index) => {
                self.step = index;
                self.lines.clear();
                let step = &STEPS[index];
                if !step.about.is_empty() {
                    println!("\n# {}", step.about);
                }
                println!("$ {}", step.command);
            }
            Event::Out(line) => {
                println!("{line}");
                self.lines.push(line);
            }
            Event::Log { text, .. } => println!("[kernel] {text}"),
            Event::End(status) => {
                let step = &STEPS[self.step];
                self.seen += 1;
                if let Err(why) = step.expect.met(&status, &self.lines) {
                    self.problems.push(format!("`{}`: {why}", step.command));
                }
            }
            _ => {}
        }
    }

    fn end(mut self) -> Vec<String> {
        println!();
        if self.seen != STEPS.len() {
            self.problems
                .push(format!("{} of {} steps were seen", self.seen, STEPS.len()));
        }
        self.problems.extend(self.watch.take());
        self.problems
    }
}

impl Expect {
    fn met(&self, status: &Status, lines: &[String]) -> Result<(), String> {
        match self {
            Says(words) => {
                if *status != Status::Code(0) {
                    return Err(format!("should succeed, and ended with {status:?}"));
                }
                let missing = words
                    .iter()
                    .find(|word| !lines.iter().any(|l| says(l, word)));
                missing.map_or(Ok(()), |word| {
                    Err(format!("should print `{}`", word.trim_start_matches('*')))
                })
            }
            Fails(word) => {
                let failed = matches!(status, Status::Code(code) if *code != 0);
                if failed && lines.iter().any(|line| line.contains(word)) {
                    Ok(())
                } else {
                    Err(format!(
                        "should fail with `{word}`, and ended with {status:?}"
                    ))
                }
            }
        }
    }
}

fn says(line: &str, word: &str) -> bool {
    match word.strip_prefix('*') {
        Some(part) => line.contains(part),
        None => line == word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn a_step_must_succeed_and_say_so() {
        let expect = Says(&["7", "*art"]);
        assert!(expect.met(&Status::Code(0), &lines("7\nstart")).is_ok());
        assert!(expect.met(&Status::Code(0), &lines("7")).is_err());
        assert!(expect.met(&Status::Code(0), &lines("17\nstart")).is_err());
        assert!(expect.met(&Status::Code(1), &lines("7\nstart")).is_err());
    }

    #[test]
    fn a_step_that_must_fail_must_fail_for_that_reason() {
        let expect = Fails("Invalid argument");
        let said = lines("echo: Invalid argument (os error 22)");
        assert!(expect.met(&Status::Code(1), &said).is_ok());
        assert!(expect.met(&Status::Code(0), &said).is_err());
        assert!(expect.met(&Status::Signal(9), &said).is_err());
        assert!(expect.met(&Status::Code(1), &lines("other")).is_err());
    }

    #[test]
    fn a_transcript_that_ends_early_is_a_problem() {
        assert!(!Transcript::default().end().is_empty());
    }
}
