// SPDX-License-Identifier: GPL-2.0-only
//! `cargo kmod run`: a VM with the module loaded, for a shell or one command.

use std::io::{IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use kmod_test::wire::{Event, Plan, Status};

use crate::build;
use crate::context::Context;
use crate::error::{host, usage};
use crate::exit::Exit;
use crate::kernels::{self, KernelArgs};
use crate::package::Package;
use crate::process;
use crate::setup;
use crate::suite;
use crate::vm::{self, Boot, Item, Machine, VmArgs, Watch};

/// Why so little is there.
const BUSYBOX: &str = "without busybox the VM knows few commands";
const MEND: &str = "sudo apt-get install busybox-static";

/// Options of `run`.
#[derive(clap::Args)]
pub struct Args {
    /// The workspace's package to load; without it, the crate of the current folder
    #[arg(short, long, value_name = "NAME")]
    package: Option<String>,
    /// A parameter for the module: NAME=VALUE (repeatable)
    #[arg(long = "param", value_name = "NAME=VALUE")]
    params: Vec<String>,
    /// Kernel.
    #[command(flatten)]
    kernel: KernelArgs,
    /// VM.
    #[command(flatten)]
    vm: VmArgs,
    #[command(flatten)]
    pub(super) cargo: super::cargo::CargoArgs,
    /// Command to run in the guest instead of a shell; a path names a static program of the host
    #[arg(last = true, value_name = "COMMAND")]
    command: Vec<String>,
}

/// What the guest does once the module is loaded.
enum Work {
    Shell,
    Script(String),
    Command(Vec<String>),
}

/// Runs the verb.
pub fn run(args: &Args, ctx: &Context) -> Result<Exit> {
    let package = Package::selected(&ctx.cwd, args.package.as_deref())?;
    let work = work(args)?;
    setup::ensure(ctx, args.kernel.needs())?;
    let userland = userland(&work)?;
    let kernel = kernels::find(ctx, &args.kernel)?;
    setup::ensure(ctx, &kernel.needs())?;
    let module = build::build_module(ctx, &package.dir, &kernel)?;
    let machine = Machine::prepare(ctx, &args.vm, &kernel, &package.dir, &package.target_dir)?;

    let mut insmod = vec!["insmod".to_owned(), module.name.clone()];
    insmod.extend(args.params.iter().cloned());
    let mut boot = Boot::new("run", Plan::default());
    boot.limit = None;
    boot.devices = vm::devices(&package.name, &package.metadata)?;
    let firmware = vm::firmware(&package.name, &package.metadata, &package.dir)?;
    setup::ensure(ctx, firmware.needs())?;
    firmware.add_to(&mut boot);
    boot.items = userland;
    boot.items.extend(suite::modules(&module));
    vm::OwnModules::of(ctx, &kernel, &package.name, &package.metadata)?.add_to(&mut boot);
    boot.plan.commands.push(insmod);
    match &work {
        Work::Shell => {
            boot.interactive = true;
            boot.plan.env.extend(terminal_size());
            boot.plan.commands.push(words(&["shell", "/bin/sh", "-l"]));
            ctx.progress.note(format!(
                "{} is loaded in the VM; `exit` powers it off, `dmesg` shows the kernel's log",
                module.name
            ));
        }
        Work::Script(script) => {
            boot.items.push(Item::text("/script", script));
            boot.plan.commands.push(words(&["/bin/sh", "/script"]));
        }
        Work::Command(command) => {
            boot.limit = Some(Duration::from_secs(120));
            boot.plan.commands.push(in_guest(command, &mut boot.items)?);
        }
    }
    if !boot.interactive {
        let rmmod = words(&["rmmod", &module.name]);
        let last = machine.last_commands();
        if !last.is_empty() {
            // What it keeps as long as it is loaded is no leak.
            boot.plan.commands.push(rmmod);
        }
        boot.plan.commands.extend(last);
    }
    session(&machine, &boot)
}

/// Boots, passes on what the guest's commands print, and judges.
fn session(machine: &Machine<'_>, boot: &Boot) -> Result<Exit> {
    let mut watch = Watch::default();
    let mut failed = None;
    let mut running = 0;
    let ended = machine.boot(boot, &mut |event| {
        watch.see(&event);
        match event {
            Event::Begin(index) => running = index,
            Event::Out(line) => println!("{line}"),
            Event::End(Status::Code(0)) => {}
            Event::End(status) => failed = failed.take().or(Some((running, status))),
            _ => {}
        }
    })?;
    let Some(ended) = ended else {
        return Ok(Exit::Pass);
    };
    if let Some((exit, lines)) = vm::trouble_of(&ended) {
        eprintln!("error: {}", lines.join("\n"));
        return Ok(exit);
    }
    let complaints = watch.take();
    for complaint in &complaints {
        eprintln!("{complaint}");
    }
    if let Some((index, status)) = failed {
        let command = &boot.plan.commands[index];
        match status {
            // The user saw how the shell ended.
            _ if command[0] == "shell" => {}
            Status::Code(code) => eprintln!("`{}` ended with {code}", command.join(" ")),
            Status::Signal(signal) => {
                eprintln!("`{}` was killed by signal {signal}", command.join(" "));
            }
            Status::Error(why) => {
                eprintln!("{why}");
                if busybox().is_none() {
                    eprintln!("{BUSYBOX}\n= help: {MEND}");
                }
            }
        }
        if command[0] != "shell" {
            show(&vm::console_lines(&ended));
            return Ok(Exit::TestFailed);
        }
    }
    if !complaints.is_empty() {
        show(&vm::console_lines(&ended));
        return Ok(Exit::TestFailed);
    }
    Ok(Exit::Pass)
}

fn show(lines: &[String]) {
    eprintln!("{}", lines.join("\n"));
}

fn work(args: &Args) -> Result<Work> {
    if !args.command.is_empty() {
        return Ok(Work::Command(args.command.clone()));
    }
    if std::io::stdin().is_terminal() || args.vm.dry_run {
        return Ok(Work::Shell);
    }
    let mut script = String::new();
    std::io::stdin()
        .read_to_string(&mut script)
        .context("cannot read the script on standard input")?;
    if script.trim().is_empty() {
        bail!(
            usage("no terminal for a shell")
                .help("give a command after `--`, or a script on standard input")
        );
    }
    Ok(Work::Script(script))
}

/// busybox, where the work needs it or can use it.
fn userland(work: &Work) -> Result<Vec<Item>> {
    match (busybox(), work) {
        (Some(busybox), _) => Ok(items_of(&busybox)),
        (None, Work::Command(_)) => Ok(Vec::new()),
        (None, _) => bail!(host(format!("a shell needs more: {BUSYBOX}")).help(MEND)),
    }
}

fn busybox() -> Option<PathBuf> {
    let file = process::which("busybox")?;
    vm::static_program(&file).ok()?;
    Some(file)
}

fn items_of(busybox: &Path) -> Vec<Item> {
    let list = process::output(process::command(busybox).arg("--list")).unwrap_or_default();
    let links = list
        .lines()
        .filter(|applet| *applet != "busybox")
        .map(|applet| Item::Link {
            to: format!("/bin/{applet}"),
            target: "busybox".into(),
        });
    [Item::copy("/bin/busybox", busybox)]
        .into_iter()
        .chain(links)
        .collect()
}

/// The command as the guest has it: a program of the host's is copied into the guest's root.
fn in_guest(command: &[String], items: &mut Vec<Item>) -> Result<Vec<String>> {
    let (program, args) = command.split_first().context("no command")?;
    let file = Path::new(program);
    if !program.contains('/') || !file.is_file() || program.starts_with("/bin/") {
        return Ok(command.to_vec());
    }
    vm::static_program(file)?;
    let name = file.file_name().unwrap_or_default().display();
    let place = format!("/host/{name}");
    items.push(Item::copy(&place, file));
    Ok([place].into_iter().chain(args.iter().cloned()).collect())
}

fn terminal_size() -> Option<(String, String)> {
    let size = rustix::termios::tcgetwinsize(std::io::stdin()).ok()?;
    if size.ws_row == 0 || size.ws_col == 0 {
        return None;
    }
    Some((
        "KMOD_TTY_SIZE".into(),
        format!("{}x{}", size.ws_row, size.ws_col),
    ))
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}
