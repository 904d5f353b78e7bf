// SPDX-License-Identifier: GPL-2.0-only
//! `#[file_operations]`

use syn::spanned::Spanned;
use syn::{
    FnArg, GenericArgument, ImplItem, ImplItemFn, PathArguments, ReturnType, Type, TypePath,
    parse_quote,
};

use super::parse::KEYS;
use super::ready_made;
use crate::errors::{Errors, closest, listed};
use crate::file_operations::FileOperations;

/// A handler, with what the documentation says of it.
pub struct Handler {
    /// Its name.
    pub name: &'static str,
    /// What calls it, in Markdown.
    pub caller: &'static str,
    /// What happens when it is absent, in Markdown.
    pub absent: &'static str,
}

/// The handlers. Each but `open` is a field of `Handlers`.
pub const HANDLERS: &[Handler] = &[
    handler(
        "open",
        "`open(2)`",
        "succeeds; must be there if `PerOpen` is",
    ),
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

const fn handler(name: &'static str, caller: &'static str, absent: &'static str) -> Handler {
    Handler {
        name,
        caller,
        absent,
    }
}

/// The handlers' names.
pub fn handlers() -> impl Iterator<Item = &'static str> {
    HANDLERS.iter().map(|handler| handler.name)
}

/// The types.
const TYPES: &[&str] = &["Module", "PerOpen", "Ioctl"];

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

/// Applies the rules, and takes out what breaks them.
pub fn check(operations: &mut FileOperations, errors: &mut Errors) {
    if !is_file_operations(operations, errors) {
        operations.misplaced = true;
        return;
    }
    operations.item.items.retain_mut(|item| match item {
        ImplItem::Fn(handler) => {
            let name = handler.sig.ident.to_string();
            if !handlers().any(|known| known == name) {
                unknown(
                    "handler",
                    &handler.sig.ident,
                    &handlers().collect::<Vec<_>>(),
                    "put other functions into an `impl` of the type itself",
                    errors,
                );
                return false;
            }
            shared(handler, errors);
            uncounted(handler, errors);
            true
        }
        ImplItem::Type(ty) if !TYPES.contains(&ty.ident.to_string().as_str()) => {
            unknown("type", &ty.ident, TYPES, "leave it out", errors);
            false
        }
        _ => true,
    });
    per_open(operations, errors);
    ready_made::check(operations, errors);
}

/// Whether there is a handler of this name.
pub fn has(operations: &FileOperations, name: &str) -> bool {
    operations
        .item
        .items
        .iter()
        .any(|item| matches!(item, ImplItem::Fn(handler) if handler.sig.ident == name))
}

fn is_file_operations(operations: &FileOperations, errors: &mut Errors) -> bool {
    let item = &operations.item;
    let ty = &item.self_ty;
    let help = "write `impl FileOperations for …`";
    match &item.trait_ {
        None => errors.on(
            ty,
            "`#[file_operations]` belongs on an `impl FileOperations`, this one has no trait",
            help,
        ),
        Some((_, path, _)) => {
            if path
                .segments
                .last()
                .is_some_and(|segment| segment.ident == "FileOperations")
            {
                return true;
            }
            errors.on(
                path,
                "`#[file_operations]` belongs on an `impl FileOperations`",
                help,
            );
        }
    }
    false
}

fn unknown(what: &str, ident: &syn::Ident, known: &[&str], otherwise: &str, errors: &mut Errors) {
    let name = ident.to_string();
    if name.ends_with("ioctl") {
        errors.at(
            ident.span(),
            format!("`FileOperations` has no {what} `{name}`: commands have a type each"),
            "declare them with `#[ioctl(magic = …)] enum Cmd { … }`, and write `type Ioctl = Cmd;`",
        );
        return;
    }
    if let Some(key) = KEYS
        .iter()
        .find(|key| what == "handler" && key.name == name)
    {
        errors.at(
            ident.span(),
            format!("`FileOperations` has no {what} `{name}`: the kernel's own does it"),
            format!(
                "leave it out, and write `#[file_operations({})]`",
                key.example
            ),
        );
        return;
    }
    let also = ALSO.iter().find(|(other, _)| *other == name);
    let help = match also
        .map(|(_, meant)| *meant)
        .or_else(|| closest(&name, known.iter().copied()))
    {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!(
            "the {what}s are {}; {otherwise}",
            listed(known.iter().copied())
        ),
    };
    errors.at(
        ident.span(),
        format!("`FileOperations` has no {what} `{name}`"),
        help,
    );
}

/// Handlers run concurrently, so they share the device.
fn shared(handler: &mut ImplItemFn, errors: &mut Errors) {
    let name = &handler.sig.ident;
    let Some(FnArg::Receiver(receiver)) = handler.sig.inputs.first_mut() else {
        errors.at(
            name.span(),
            format!("`{name}` has no `self`"),
            format!("write `fn {name}(&self, …)`"),
        );
        let receiver = parse_quote!(&self);
        handler.sig.inputs.insert(0, receiver);
        diverge(handler);
        return;
    };
    if receiver.reference.is_some() && receiver.mutability.is_none() {
        return;
    }
    if receiver.colon_token.is_some() {
        // `self: &Self` and the like: the compiler compares it to the trait.
        return;
    }
    errors.on(
        &receiver,
        format!("`{name}` takes `&self`: handlers run for several processes at once"),
        "write `&self`, and put what changes into a `Mutex`, a `SpinLock` or an atomic",
    );
    let span = receiver.span();
    *receiver = parse_quote!(&self);
    receiver.self_token.span = span;
    diverge(handler);
}

/// Readers and writers of user memory count by themselves, unlike in C.
fn uncounted(handler: &mut ImplItemFn, errors: &mut Errors) {
    let name = handler.sig.ident.to_string();
    let cursor = match name.as_str() {
        "read" | "read_iter" => "UserWriter",
        "write" | "write_iter" => "UserReader",
        _ => return,
    };
    let ReturnType::Type(_, output) = &mut handler.sig.output else {
        return;
    };
    let Type::Path(path) = &mut **output else {
        return;
    };
    let Some(last) = path.path.segments.last() else {
        return;
    };
    let PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return;
    };
    if last.ident != "Result"
        || !matches!(arguments.args.first(), Some(GenericArgument::Type(ty)) if !is_unit(ty))
    {
        return;
    }
    errors.on(
        &path,
        format!("`{name}` returns no number: its `{cursor}` counts the bytes"),
        "write `-> Result`, and return `Ok(())`",
    );
    last_without_arguments(path);
    diverge(handler);
}

fn last_without_arguments(path: &mut TypePath) {
    if let Some(last) = path.path.segments.last_mut() {
        last.arguments = PathArguments::None;
    }
}

/// A body that says nothing more to the compiler: the handler is refused.
fn diverge(handler: &mut ImplItemFn) {
    handler.block = parse_quote!({ loop {} });
}

/// Whoever has a state per open file makes it in `open`.
fn per_open(operations: &FileOperations, errors: &mut Errors) {
    let per_open = operations.item.items.iter().find_map(|item| match item {
        ImplItem::Type(ty) if ty.ident == "PerOpen" => Some(ty),
        _ => None,
    });
    if let Some(ty) = per_open
        && !has(operations, "open")
        && !is_unit(&ty.ty)
    {
        errors.at(
            ty.ident.span(),
            "there is a `PerOpen`, but no `open` that makes it",
            "add `fn open(&self, file: &OpenFile<'_, Self>) -> Result<Self::PerOpen>`",
        );
    }
}

/// Whether a type is `()`.
pub fn is_unit(ty: &Type) -> bool {
    matches!(ty, Type::Tuple(tuple) if tuple.elems.is_empty())
}
