// SPDX-License-Identifier: GPL-2.0-only
//! Commands that `kmod-init` knows itself, so that a VM needs no userland: a small part of what
//! their namesakes do.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{FileTypeExt, MetadataExt};
use std::path::Path;

use kmod_test::wire::Status;

use crate::report::Report;
use crate::{modinfo, run, system, tests};

/// More than this of a file is not told.
const READ_MAX: u64 = 1 << 20;

/// Runs a command of the plan. `Err` is for the line to the host only.
pub fn dispatch(command: &[String], report: &mut Report) -> io::Result<Status> {
    let (name, args) = command.split_first().expect("the plan's decoder checked");
    let mut text = String::new();
    let result = match name.as_str() {
        "tests" => return tests::run(args, report),
        "shell" => {
            return match args.split_first() {
                Some((program, args)) => run::interactive(program, args),
                None => Ok(Status::Error("shell: PROGRAM [ARGUMENT...]".into())),
            };
        }
        "halt" => system::power_off(),
        "insmod" => insmod(args),
        "rmmod" => rmmod(args),
        "lsmod" => file(Path::new("/proc/modules"), &mut text),
        "modinfo" => modinfo(args, &mut text),
        "dmesg" => dmesg(&mut text),
        "cat" => args
            .iter()
            .try_for_each(|arg| file(Path::new(arg), &mut text)),
        "head" => head(args, &mut text),
        "echo" => echo(args, &mut text),
        "ls" => args.iter().try_for_each(|arg| ls(arg, &mut text)),
        "sleep" => sleep(args),
        _ => return run::program(name, args, report),
    };
    report.out(&text)?;
    Ok(match result {
        Ok(()) => Status::Code(0),
        Err(error) => {
            report.out(&format!("{name}: {error}"))?;
            Status::Code(1)
        }
    })
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
    Ok(rustix::system::finit_module(&file, &params, 0)?)
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
