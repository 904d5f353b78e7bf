// SPDX-License-Identifier: GPL-2.0-only
//! Commands that `kmod-init` knows itself, so that a VM needs no userland: a small part of what
//! their namesakes do.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{FileTypeExt, MetadataExt};
use std::path::Path;
use std::process::ExitCode;

use kmod_test::wire::Status;
use rustix::io::Errno;
use rustix::system::RebootCommand;

use crate::report::Report;
use crate::tests::Tests;
use crate::{checkers, faults, modinfo, run, system};

/// More than this of a file is not told.
const READ_MAX: u64 = 1 << 20;

/// Never a program's business.
const OWN: &[&str] = &["insmod", "rmmod", "modinfo", "fuzz"];

/// Runs a command of the plan. `Err` is for the line to the host only.
pub fn dispatch(command: &[String], tests: &mut Tests, report: &mut Report) -> io::Result<Status> {
    let (name, args) = command.split_first().expect("the plan's decoder checked");
    match name.as_str() {
        "list" => tests.list(args, report),
        "tests" => tests.run(args, report),
        "faults" => match args.split_first() {
            Some((program, args)) => faulty(program, args, report),
            None => Ok(Status::Error("faults: PROGRAM [ARGUMENT...]".into())),
        },
        "kmemleak" => checkers::kmemleak(report),
        "shell" => match args.split_first() {
            Some((program, args)) => run::interactive(program, args),
            None => Ok(Status::Error("shell: PROGRAM [ARGUMENT...]".into())),
        },
        "halt" => system::power_off(),
        "reboot" => system::end(RebootCommand::Restart),
        // In a process of its own: what a module's init does to its caller, PID 1 does not survive.
        name if OWN.contains(&name) || is_builtin(name) && !in_bin(name) => {
            run::program("/proc/self/exe", command, report)
        }
        _ => run::program(name, args, report),
    }
}

/// Runs a program, or a built-in, with faults on order.
fn faulty(program: &str, args: &[String], report: &mut Report) -> io::Result<Status> {
    let ended = match is_builtin(program) {
        true => {
            let words = [&[program.to_owned()], args].concat();
            faults::captured("/proc/self/exe", &words, report)
        }
        false => faults::captured(program, args, report),
    };
    Ok(match ended? {
        Ok(status) => run::status_of(status),
        Err(why) => Status::Error(why),
    })
}

/// A userland's own `ls`, where there is one, knows more options.
fn in_bin(name: &str) -> bool {
    Path::new("/bin").join(name).exists()
}

fn is_builtin(name: &str) -> bool {
    builtin(name).is_some()
}

type Builtin = fn(&[String], &mut String) -> io::Result<()>;

fn builtin(name: &str) -> Option<Builtin> {
    Some(match name {
        "insmod" => |args, _| insmod(args),
        "rmmod" => |args, _| rmmod(args),
        "lsmod" => |_, text| file(Path::new("/proc/modules"), text),
        "modinfo" => modinfo,
        "dmesg" => |_, text| dmesg(text),
        "cat" => |args, text| args.iter().try_for_each(|arg| file(Path::new(arg), text)),
        "head" => head,
        "echo" => echo,
        "ls" => |args, text| {
            let mut paths = args.iter().filter(|arg| *arg != "-l");
            paths.try_for_each(|path| ls(path, text))
        },
        "sleep" => |args, _| sleep(args),
        _ => return None,
    })
}

/// `kmod-init BUILTIN ARGUMENT...`, in a process that is not the first one.
pub fn main(args: &[String]) -> ExitCode {
    let found = args
        .split_first()
        .and_then(|(name, args)| Some((name, builtin(name)?, args)));
    let Some((name, builtin, args)) = found else {
        eprintln!("kmod-init is the first process of cargo-kmod's VM");
        return ExitCode::from(2);
    };
    if std::env::var_os("KMOD_GUEST").is_none() {
        eprintln!("kmod-init: not in cargo-kmod's VM");
        return ExitCode::from(2);
    }
    let mut text = String::new();
    let result = builtin(args, &mut text);
    print!("{text}");
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{name}: {error}");
            ExitCode::FAILURE
        }
    }
}

/// A module's file: as given when that is a path, else the one of that name in `/modules`.
fn module_file(arg: &str) -> std::path::PathBuf {
    if arg.contains('/') {
        arg.into()
    } else {
        kmod_test::module_path(arg.strip_suffix(".ko").unwrap_or(arg))
    }
}

fn operand<'a>(args: &'a [String], what: &str) -> io::Result<(&'a str, &'a [String])> {
    args.split_first()
        .map(|(first, rest)| (first.as_str(), rest))
        .ok_or_else(|| io::Error::other(format!("{what} is missing")))
}

fn insmod(args: &[String]) -> io::Result<()> {
    let (module, params) = operand(args, "the module's file")?;
    let file = File::open(module_file(module))?;
    // As insmod(8) does: a value with spaces is quoted for the kernel's parser.
    let params: Vec<String> = params.iter().map(|param| quoted(param)).collect();
    let params = std::ffi::CString::new(params.join(" "))?;
    rustix::system::finit_module(&file, &params, 0).map_err(explained)?;
    let stem = Path::new(module).file_stem().unwrap_or_default();
    kmod_test::tell_place(&stem.to_string_lossy().replace('-', "_"));
    Ok(())
}

/// The kernel's error, and in the place of "Key was rejected by service" what that means.
fn explained(error: Errno) -> io::Error {
    match error {
        Errno::KEYREJECTED => io::Error::other(
            "the kernel takes signed modules only (module.sig_enforce), and this one is not signed by a key that it \
             knows",
        ),
        other => other.into(),
    }
}

fn quoted(param: &str) -> String {
    match param.split_once('=') {
        Some((key, value)) if value.contains(' ') && !value.starts_with('"') => {
            format!("{key}=\"{value}\"")
        }
        _ => param.to_owned(),
    }
}

fn rmmod(args: &[String]) -> io::Result<()> {
    let (module, _) = operand(args, "the module's name")?;
    kmod_test::unload(&module.trim_end_matches(".ko").replace('-', "_"))
}

fn modinfo(args: &[String], text: &mut String) -> io::Result<()> {
    let (module, _) = operand(args, "the module's file")?;
    let path = module_file(module);
    text.push_str(&modinfo::show(&path, &fs::read(&path)?)?);
    Ok(())
}

/// What the kernel has logged since the plan began. Before that it is the console's log.
fn dmesg(text: &mut String) -> io::Result<()> {
    for record in kmod_test::Kmsg::open(io::SeekFrom::Start(0))?.records()? {
        text.push_str(&record.text);
        text.push('\n');
    }
    Ok(())
}

fn file(path: &Path, text: &mut String) -> io::Result<()> {
    let mut bytes = Vec::new();
    let result = File::open(path)?.take(READ_MAX).read_to_end(&mut bytes);
    text.push_str(&String::from_utf8_lossy(&bytes));
    result.map(|_| ())
}

/// `head [-n LINES] FILE`, one line unless told; stops reading as soon as it has them.
fn head(args: &[String], text: &mut String) -> io::Result<()> {
    let (lines, path) = match args {
        [flag, lines, path] if flag == "-n" => (lines.parse().map_err(io::Error::other)?, path),
        [path] => (1, path),
        _ => return Err(io::Error::other("head [-n LINES] FILE")),
    };
    let mut file = File::open(path)?;
    let mut buffer = [0; 4096];
    let mut found = Vec::new();
    while found.iter().filter(|&&byte| byte == b'\n').count() < lines {
        match file.read(&mut buffer)? {
            0 => break,
            n => found.extend_from_slice(&buffer[..n]),
        }
    }
    let found = String::from_utf8_lossy(&found);
    for line in found.lines().take(lines) {
        text.push_str(line);
        text.push('\n');
    }
    Ok(())
}

/// `echo WORD... [> FILE]`.
fn echo(args: &[String], text: &mut String) -> io::Result<()> {
    if let [words @ .., redirect, path] = args
        && redirect == ">"
    {
        let line = format!("{}\n", words.join(" "));
        let mut file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .open(path)?;
        return file.write_all(line.as_bytes());
    }
    text.push_str(&args.join(" "));
    text.push('\n');
    Ok(())
}

/// A folder's entries, or what `ls -l` shows of a file.
fn ls(path: &str, text: &mut String) -> io::Result<()> {
    let meta = fs::symlink_metadata(path)?;
    if meta.is_dir() {
        let mut names = fs::read_dir(path)?
            .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
            .collect::<io::Result<Vec<_>>>()?;
        names.sort();
        for name in names {
            text.push_str(&name);
            text.push('\n');
        }
        return Ok(());
    }
    let kind = if meta.file_type().is_char_device() {
        'c'
    } else {
        '-'
    };
    let bits: String = (0..9)
        .map(|bit| {
            let set = meta.mode() & (0o400 >> bit) != 0;
            if set { ['r', 'w', 'x'][bit % 3] } else { '-' }
        })
        .collect();
    let size = if kind == 'c' {
        let device = meta.rdev();
        format!(
            "{}, {}",
            rustix::fs::major(device),
            rustix::fs::minor(device)
        )
    } else {
        meta.len().to_string()
    };
    text.push_str(&format!("{kind}{bits} {size} {path}\n"));
    Ok(())
}

fn sleep(args: &[String]) -> io::Result<()> {
    let (seconds, _) = operand(args, "the number of seconds")?;
    let seconds = seconds.parse().map_err(io::Error::other)?;
    std::thread::sleep(std::time::Duration::from_secs(seconds));
    Ok(())
}
