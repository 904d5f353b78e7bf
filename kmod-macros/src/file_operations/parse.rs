// SPDX-License-Identifier: GPL-2.0-only
//! `#[file_operations(open = …, llseek = …, …)] impl FileOperations for …`

use proc_macro2::{Span, TokenStream};
use syn::{Expr, ItemImpl};

use crate::errors::Errors;
use crate::file_operations::{FileOperations, ReadyMade};
use crate::syntax::args::{Args, Key};
use crate::syntax::forms::strip;

/// The keys: the slots for which the kernel has functions.
pub const KEYS: &[Key] = &[
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

/// Reads the attribute and the `impl` under it.
pub fn parse(args: TokenStream, item: ItemImpl, errors: &mut Errors) -> FileOperations {
    let mut args = Args::parse("file_operations", Span::call_site(), args, KEYS, errors);
    FileOperations {
        item,
        ready_made: KEYS
            .iter()
            .filter_map(|key| ready_made(key.name, &mut args, errors))
            .collect(),
        written: args.written,
        misplaced: false,
    }
}

/// `function` or `function(argument)`.
fn ready_made(slot: &'static str, args: &mut Args, errors: &mut Errors) -> Option<ReadyMade> {
    let (entry, value) = args.expr(slot, "a name of the kernel's", errors)?;
    let (path, argument) = match strip(&value) {
        Expr::Call(call) if call.args.len() == 1 => (strip(&call.func), call.args.first()),
        other => (other, None),
    };
    if let Expr::Path(path) = path
        && let Some(name) = path.path.get_ident()
    {
        return Some(ReadyMade {
            slot,
            name: name.to_string(),
            span: name.span(),
            argument: argument.cloned(),
        });
    }
    entry.wrong(&value, "a name of the kernel's", errors);
    None
}
