// SPDX-License-Identifier: GPL-2.0-only
//! The comparison of a crate's stand-ins with a kernel's bindings: so that what is checked on the
//! host is what is compiled for a kernel.

use std::collections::BTreeMap;

use syn::{Expr, Fields, FnArg, ForeignItem, GenericArgument, Item, Lit, PathArguments};
use syn::{ReturnType, Signature, Type, TypePath, UseRename, UseTree, Visibility};

use super::Error;

/// What the stand-ins declare otherwise than the bindings do, a line each that names both.
///
/// `stand_ins` is the source of the stand-ins after macros, `bindings` what
/// [`generate`](super::Builder::generate) made for a kernel. Compared are functions (arguments and
/// result), the public fields of structures and unions, constants (type and value) and statics, by
/// name. A pointer's `const` is not: kernels differ in it, and Rust lets one be had from the other.
/// A name that the bindings do not have is a difference, too.
///
/// # Errors
///
/// When one of the two is no Rust.
pub fn differences(stand_ins: &str, bindings: &str) -> Result<Vec<String>, Error> {
    let stand_ins = Declared::read(stand_ins, "the stand-ins are")?;
    let bindings = Declared::read(bindings, "bindgen's output is")?;
    let mut found = Vec::new();
    for (name, ours) in &stand_ins.items {
        let Some(theirs) = bindings.items.get(name) else {
            found.push(format!("`{name}` is not in the kernel's bindings"));
            continue;
        };
        let ours = stand_ins.shape(ours);
        let theirs = bindings.shape(theirs);
        for (part, ours) in &ours.parts {
            let theirs = theirs.parts.get(part).or(theirs.all.as_ref());
            let theirs = theirs.map_or("nothing", String::as_str);
            if theirs != ours && theirs != UNKNOWN && ours != UNKNOWN {
                found.push(format!(
                    "`{name}`{part} is `{ours}`, and `{theirs}` in the kernel's bindings"
                ));
            }
        }
    }
    Ok(found)
}

/// What cannot be compared.
const UNKNOWN: &str = "?";

/// The declarations of a file, and of the modules in it.
#[derive(Default)]
struct Declared {
    items: BTreeMap<String, Declaration>,
    aliases: BTreeMap<String, Type>,
}

enum Declaration {
    Function(Signature),
    Static(Type),
    Constant(Type, Expr),
    Fields(Fields),
    /// Of which nothing is known, or to be known.
    Opaque,
}

/// A declaration in words, by part of it.
#[derive(Default)]
struct Shape {
    parts: BTreeMap<String, String>,
    /// What each part is, if they are not known.
    all: Option<String>,
}

impl Declared {
    fn read(text: &str, what: &str) -> Result<Self, Error> {
        let file = syn::parse_file(text)
            .map_err(|error| Error::new(format!("{what} no Rust: {error}")))?;
        let mut declared = Self::default();
        declared.add(file.items);
        Ok(declared)
    }

    fn add(&mut self, items: Vec<Item>) {
        for item in items {
            match item {
                Item::Mod(module) => self.add(module.content.unwrap_or_default().1),
                Item::ForeignMod(block) => self.add_foreign(block.items),
                Item::Type(alias) => {
                    self.aliases.insert(alias.ident.to_string(), *alias.ty);
                }
                // A C type's name for an enum: `pub use self::irqreturn as irqreturn_t;`
                Item::Use(item) => {
                    if let UseTree::Path(path) = item.tree
                        && let UseTree::Rename(UseRename { ident, rename, .. }) = *path.tree
                    {
                        let named = TypePath {
                            qself: None,
                            path: ident.into(),
                        };
                        self.aliases.insert(rename.to_string(), Type::Path(named));
                    }
                }
                Item::Fn(item) if is_public(&item.vis) => {
                    self.insert(&item.sig.ident.clone(), Declaration::Function(item.sig));
                }
                Item::Const(item) if is_public(&item.vis) => {
                    self.insert(&item.ident, Declaration::Constant(*item.ty, *item.expr));
                }
                Item::Static(item) if is_public(&item.vis) => {
                    self.insert(&item.ident, Declaration::Static(*item.ty));
                }
                Item::Struct(item) if is_public(&item.vis) => {
                    self.insert(&item.ident, fields(item.fields));
                }
                Item::Union(item) if is_public(&item.vis) => {
                    self.insert(&item.ident, fields(Fields::Named(item.fields)));
                }
                _ => {}
            }
        }
    }

    fn add_foreign(&mut self, items: Vec<ForeignItem>) {
        for item in items {
            match item {
                ForeignItem::Fn(item) => {
                    self.insert(&item.sig.ident.clone(), Declaration::Function(item.sig));
                }
                ForeignItem::Static(item) => {
                    self.insert(&item.ident, Declaration::Static(*item.ty));
                }
                _ => {}
            }
        }
    }

    fn insert(&mut self, name: &syn::Ident, declaration: Declaration) {
        self.items.insert(name.to_string(), declaration);
    }

    fn shape(&self, declaration: &Declaration) -> Shape {
        let mut shape = Shape::default();
        let parts = &mut shape.parts;
        match declaration {
            Declaration::Function(signature) => {
                for (number, argument) in signature.inputs.iter().enumerate() {
                    if let FnArg::Typed(argument) = argument {
                        let name = format!("'s argument {}", number + 1);
                        parts.insert(name, self.text(&argument.ty));
                    }
                }
                parts.insert("'s result".to_owned(), self.result(&signature.output));
                match signature.variadic {
                    // Behind the last one anything may follow.
                    Some(_) => shape.all = Some(UNKNOWN.to_owned()),
                    None => {
                        let count = signature.inputs.len().to_string();
                        parts.insert("'s count of arguments".to_owned(), count);
                    }
                }
            }
            Declaration::Static(kind) => {
                parts.insert("'s type".to_owned(), self.text(kind));
            }
            Declaration::Constant(kind, value) => {
                parts.insert("'s type".to_owned(), self.text(kind));
                parts.insert("'s value".to_owned(), number(value));
            }
            Declaration::Fields(fields) => {
                for field in fields.iter().filter(|field| is_public(&field.vis)) {
                    let name = field.ident.as_ref().map(ToString::to_string);
                    let name = format!("::{}", name.unwrap_or_default());
                    parts.insert(name, self.text(&field.ty));
                }
            }
            Declaration::Opaque => shape.all = Some(UNKNOWN.to_owned()),
        }
        shape
    }

    fn result(&self, output: &ReturnType) -> String {
        match output {
            ReturnType::Default => "()".to_owned(),
            ReturnType::Type(_, kind) => self.text(kind),
        }
    }

    /// A type in words that are the same on both sides.
    fn text(&self, kind: &Type) -> String {
        match kind {
            Type::Ptr(pointer) => format!("*{}", self.text(&pointer.elem)),
            Type::Array(array) => {
                format!("[{}; {}]", self.text(&array.elem), number(&array.len))
            }
            Type::BareFn(function) => {
                let inputs = function.inputs.iter().map(|input| self.text(&input.ty));
                let inputs = Vec::from_iter(inputs).join(", ");
                format!("fn({inputs}) -> {}", self.result(&function.output))
            }
            Type::Never(_) => "!".to_owned(),
            Type::Paren(inner) => self.text(&inner.elem),
            Type::Group(inner) => self.text(&inner.elem),
            Type::Tuple(tuple) if tuple.elems.is_empty() => "()".to_owned(),
            Type::Path(path) => self.path(path),
            _ => UNKNOWN.to_owned(),
        }
    }

    fn path(&self, path: &syn::TypePath) -> String {
        let Some(last) = path.path.segments.last() else {
            return UNKNOWN.to_owned();
        };
        let name = last.ident.to_string();
        if let Some((_, same)) = C_TYPES.iter().find(|(c, _)| *c == name) {
            return (*same).to_owned();
        }
        if let Some(alias) = self.aliases.get(&name) {
            return self.text(alias);
        }
        match &last.arguments {
            PathArguments::AngleBracketed(arguments) => {
                let arguments = arguments.args.iter().map(|argument| match argument {
                    GenericArgument::Type(kind) => self.text(kind),
                    _ => UNKNOWN.to_owned(),
                });
                format!("{name}<{}>", Vec::from_iter(arguments).join(", "))
            }
            _ => name,
        }
    }
}

/// C's types, as they are on the 64-bit targets.
const C_TYPES: &[(&str, &str)] = &[
    ("c_schar", "i8"),
    ("c_uchar", "u8"),
    ("c_short", "i16"),
    ("c_ushort", "u16"),
    ("c_int", "i32"),
    ("c_uint", "u32"),
    ("c_long", "i64"),
    ("c_ulong", "u64"),
    ("c_longlong", "i64"),
    ("c_ulonglong", "u64"),
];

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn fields(fields: Fields) -> Declaration {
    let is_hidden = |field: &syn::Field| {
        let name = field.ident.as_ref().map(ToString::to_string);
        !is_public(&field.vis) || name.is_none_or(|name| name.starts_with("_bindgen_opaque"))
    };
    match fields.iter().all(is_hidden) {
        true => Declaration::Opaque,
        false => Declaration::Fields(fields),
    }
}

fn number(expr: &Expr) -> String {
    match expr {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Int(number) => number.base10_digits().to_owned(),
            Lit::Bool(flag) => u8::from(flag.value).to_string(),
            _ => UNKNOWN.to_owned(),
        },
        Expr::Unary(syn::ExprUnary {
            op: syn::UnOp::Neg(_),
            expr,
            ..
        }) => format!("-{}", number(expr)),
        _ => UNKNOWN.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::differences;

    const KERNEL: &str = "
        pub type gfp_t = ::core::ffi::c_uint;
        pub const LEVEL: ::core::ffi::c_uint = 3;
        #[repr(C)] pub struct file { pub pos: i64, pub flags: ::core::ffi::c_int }
        #[repr(C)] pub struct hidden { pub _bindgen_opaque_blob: [u64; 2usize] }
        unsafe extern \"C\" {
            pub fn alloc(size: usize, flags: gfp_t) -> *mut ::core::ffi::c_void;
            pub fn release(file: *const file);
            pub fn print(fmt: *const ::core::ffi::c_char, ...) -> ::core::ffi::c_int;
            pub static mut here: file;
        }";

    fn found(stand_ins: &str) -> Vec<String> {
        differences(stand_ins, KERNEL).expect("both are Rust")
    }

    #[test]
    fn what_is_the_same_in_other_words_is_no_difference() {
        let same = "
            mod a { type flags = u32;
                pub unsafe fn alloc(n: usize, f: flags) -> *mut c_void { null_mut() } }
            pub unsafe extern \"C\" fn release(f: *mut file) {}
            pub struct file { pub pos: i64, extra: usize }
            pub struct hidden { pub any: u8 }
            pub fn print(fmt: *const c_char, number: c_int) -> c_int { 0 }
            pub static here: file = file {};
            pub const LEVEL: u32 = 0x3;
            fn of_its_own() {}";
        assert_eq!(found(same), Vec::<String>::new());
    }

    #[test]
    fn a_difference_names_both_sides() {
        for (stand_in, said) in [
            (
                "pub unsafe fn alloc(n: u32, f: u32) -> *mut c_void {}",
                "`alloc`'s argument 1 is `u32`, and `usize` in the kernel's bindings",
            ),
            (
                "pub unsafe fn release(f: *mut file) -> c_int {}",
                "`release`'s result is `i32`, and `()` in the kernel's bindings",
            ),
            (
                "pub unsafe fn release() {}",
                "`release`'s count of arguments is `0`, and `1` in the kernel's bindings",
            ),
            (
                "pub struct file { pub pos: u64 }",
                "`file`::pos is `u64`, and `i64` in the kernel's bindings",
            ),
            (
                "pub struct file { pub position: i64 }",
                "`file`::position is `i64`, and `nothing` in the kernel's bindings",
            ),
            (
                "pub const LEVEL: c_uint = 4;",
                "`LEVEL`'s value is `4`, and `3` in the kernel's bindings",
            ),
            (
                "pub static here: hidden = 0;",
                "`here`'s type is `hidden`, and `file` in the kernel's bindings",
            ),
            ("pub fn gone() {}", "`gone` is not in the kernel's bindings"),
        ] {
            assert_eq!(found(stand_in), [said]);
        }
    }
}
