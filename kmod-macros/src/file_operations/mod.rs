// SPDX-License-Identifier: GPL-2.0-only
//! `#[file_operations]`: what is known of the trait `FileOperations`.

mod lifetimes;
mod rules;

use proc_macro2::TokenStream;
use quote::quote;

use crate::handlers::{
    Argument, AssociatedType, Context, Function, Handler, HandlerImpl, HandlerTrait, Otherwise,
    Value, unit,
};
use crate::syntax::args::Key;

/// What is known of the trait.
pub static FILE_OPERATIONS: HandlerTrait = HandlerTrait {
    attribute: "file_operations",
    name: "FileOperations",
    documented_as: "handlers",
    table: Some("Handlers"),
    has_more: true,
    handlers: HANDLERS,
    types: TYPES,
    keys: KEYS,
    ready_made: READY_MADE,
    also: ALSO,
    not_ready_made: NOT_READY_MADE,
    why_shared: "handlers run for several processes at once",
    rules: rules::RULES,
};

/// The handlers. Each but `open` is a field of `Handlers`.
const HANDLERS: &[Handler] = &[
    Handler {
        name: "open",
        caller: "`open(2)`",
        context: Context::Process,
        absent: "succeeds; must be there if `PerOpen` is",
        otherwise: Otherwise::Function(open),
    },
    handler(
        "release",
        "the last `close(2)`",
        "nothing more than dropping `PerOpen`",
    ),
    handler("read", "`read(2)`, `pread(2)`", "EINVAL"),
    handler("write", "`write(2)`, `pwrite(2)`", "EINVAL"),
    handler(
        "read_iter",
        "`readv(2)`, `splice(2)`, asynchronous reads; `read(2)` without a `read`",
        "`readv(2)` calls `read` piece by piece; EINVAL to the others",
    ),
    handler(
        "write_iter",
        "`writev(2)`, `splice(2)`, asynchronous writes; `write(2)` without a `write`",
        "`writev(2)` calls `write` piece by piece; EINVAL to the others",
    ),
    handler("llseek", "`lseek(2)`", "ESPIPE"),
    handler(
        "poll",
        "`poll(2)`, `select(2)`, `epoll(7)`",
        "always ready; EPERM to `epoll_ctl(2)`",
    ),
    handler("mmap", "`mmap(2)`", "ENODEV"),
    handler("fsync", "`fsync(2)`, `fdatasync(2)`", "EINVAL"),
    handler("flush", "every `close(2)`", "0"),
    handler(
        "fasync",
        "`fcntl(2)` with `O_ASYNC`",
        "nobody gets a signal",
    ),
    handler(
        "show_fdinfo",
        "a read of `/proc/PID/fdinfo/FD`",
        "no lines of its own",
    ),
];

/// A handler whose slot can be `NULL`. All of them run in the process that makes the call, or that
/// closes a file last.
const fn handler(name: &'static str, caller: &'static str, absent: &'static str) -> Handler {
    Handler {
        name,
        caller,
        context: Context::Process,
        absent,
        otherwise: Otherwise::NullSlot,
    }
}

/// The types.
const TYPES: &[AssociatedType] = &[
    unit("Module"),
    unit("Instance"),
    unit("PerOpen"),
    unit("Ioctl"),
];

/// The keys: the slots for which the kernel has functions.
const KEYS: &[Key] = &[
    Key {
        name: "open",
        example: "open = stream_open",
        meaning: "what a file is when `open` has succeeded: `nonseekable_open` (no positions) or \
                  `stream_open` (none, and reads and writes of one file run at once)",
        default: "it has a position",
        also: &[],
    },
    Key {
        name: "llseek",
        example: "llseek = noop_llseek",
        meaning: "`noop_llseek`, `default_llseek`, `generic_file_llseek`, `no_seek_end_llseek` or \
                  `fixed_size_llseek(SIZE)`",
        default: "the handler, or ESPIPE",
        also: &["lseek", "seek"],
    },
    Key {
        name: "splice_read",
        example: "splice_read = copy_splice_read",
        meaning: "`splice(2)` and `sendfile(2)` from the device, by way of `read_iter`",
        default: "EINVAL",
        also: &["sendfile"],
    },
    Key {
        name: "splice_write",
        example: "splice_write = iter_file_splice_write",
        meaning: "`splice(2)` and `sendfile(2)` to the device, by way of `write_iter`",
        default: "EINVAL",
        also: &[],
    },
    Key {
        name: "rwf",
        example: "rwf = RWF_NOWAIT",
        meaning: "the flag of `preadv2(2)` and `pwritev2(2)` that `read_iter` and `write_iter` \
                  heed, by `nonblocking()`",
        default: "EOPNOTSUPP",
        also: &["nowait", "flags"],
    },
];

/// What the kernel has for each key.
const READY_MADE: &[Function] = &[
    open_as("nonseekable_open", "Nonseekable"),
    open_as("stream_open", "Stream"),
    llseek_as("default_llseek", "Default"),
    Function {
        key: "llseek",
        name: "fixed_size_llseek",
        field: "llseek_as",
        value: Value::VariantOf(
            "LlseekAs",
            "FixedSize",
            Argument {
                what: "the size",
                help: "write `llseek = fixed_size_llseek(4096)`, or the name of a `u64` constant",
            },
        ),
    },
    llseek_as("generic_file_llseek", "Generic"),
    llseek_as("no_seek_end_llseek", "NoSeekEnd"),
    llseek_as("noop_llseek", "Noop"),
    flag("splice_read", "copy_splice_read", "splice_read"),
    flag("splice_write", "iter_file_splice_write", "splice_write"),
    flag("rwf", "RWF_NOWAIT", "nowait"),
];

const fn open_as(name: &'static str, variant: &'static str) -> Function {
    Function {
        key: "open",
        name,
        field: "open_as",
        value: Value::Variant("OpenAs", variant),
    }
}

const fn llseek_as(name: &'static str, variant: &'static str) -> Function {
    Function {
        key: "llseek",
        name,
        field: "llseek_as",
        value: Value::Variant("LlseekAs", variant),
    }
}

const fn flag(key: &'static str, name: &'static str, field: &'static str) -> Function {
    Function {
        key,
        name,
        field,
        value: Value::True,
    }
}

/// What is done by other means, or has another name on other kernels.
const NOT_READY_MADE: &[(&str, &str)] = &[
    ("generic_open", "leave the key out: a file has a position"),
    (
        "no_llseek",
        "leave the key out: an absent `llseek` is ESPIPE",
    ),
    (
        "generic_file_splice_read",
        "write `splice_read = copy_splice_read`: it is that on kernels before 6.5",
    ),
    ("FMODE_NOWAIT", "write `rwf = RWF_NOWAIT`"),
];

/// What handlers are called elsewhere.
const ALSO: &[(&str, &str)] = &[
    ("close", "release"),
    ("seek", "llseek"),
    ("lseek", "llseek"),
    ("aio_read", "read_iter"),
    ("aio_write", "write_iter"),
    ("fdatasync", "fsync"),
    ("fdinfo", "show_fdinfo"),
];

/// The `open` of an `impl` that has none.
fn open(operations: &HandlerImpl, krate: &TokenStream) -> TokenStream {
    // With a `PerOpen` of another type, the missing `open` has been reported.
    // Else its type is not `Self::PerOpen` here, for which the compiler would ask once more
    // whether the device can have an `impl` at all.
    let (state, body) = match operations.ty("PerOpen") {
        Some((_, ty)) if !rules::is_unit(ty) => (quote!(Self::PerOpen), quote!(loop {})),
        _ => (quote!(()), quote!(::core::result::Result::Ok(()))),
    };
    quote! {
        fn open(
            &self,
            _file: &#krate::file::OpenFile<'_, Self>,
        ) -> #krate::error::Result<#state> {
            #body
        }
    }
}
