// SPDX-License-Identifier: GPL-2.0-only
//! What bindgen wrote, read back.

use std::collections::HashMap;

use syn::parse::Parser as _;
use syn::punctuated::Punctuated;
use syn::{BinOp, Expr, GenericArgument, Item, ItemConst, Lit, PathArguments, Stmt, Type};
use syn::{Ident, Token};

/// What the bindings say of one type.
pub struct Layout {
    pub name: String,
    pub size: u64,
    pub align: u64,
    /// Fields and their offsets.
    pub fields: Vec<(String, u64)>,
}

/// A field whose type has no name of its own.
pub struct Member {
    pub field: String,
    /// What C puts before and behind the field to have one of that type.
    pub element: (&'static str, &'static str),
}

/// The types that bindgen names when C does not.
pub const ANONYMOUS: &str = "__bindgen_ty_";

/// The sizes and offsets that bindgen wrote into its own tests.
pub fn layouts(file: &syn::File) -> Vec<Layout> {
    file.items.iter().filter_map(layout).collect()
}

/// A test is a constant without a name, whose block compares: `["Size of x"][size_of::<x>() - 8usize];`
fn layout(item: &Item) -> Option<Layout> {
    let Item::Const(ItemConst { ident, expr, .. }) = item else {
        return None;
    };
    let (true, Expr::Block(block)) = (ident == "_", &**expr) else {
        return None;
    };
    let mut found = Layout {
        name: String::new(),
        size: 0,
        align: 0,
        fields: Vec::new(),
    };
    for stmt in &block.block.stmts {
        let Stmt::Expr(Expr::Index(index), _) = stmt else {
            continue;
        };
        let Expr::Binary(compared) = &*index.index else {
            continue;
        };
        let (BinOp::Sub(_), Some(value)) = (compared.op, number(&compared.right)) else {
            continue;
        };
        match &*compared.left {
            Expr::Call(call) => {
                let (function, of) = generic_call(&call.func)?;
                match function.as_str() {
                    "size_of" => (found.name, found.size) = (of, value),
                    "align_of" => found.align = value,
                    _ => {}
                }
            }
            Expr::Macro(offset) if offset.mac.path.segments.last()?.ident == "offset_of" => {
                let words = Punctuated::<Ident, Token![,]>::parse_terminated;
                let words = words.parse2(offset.mac.tokens.clone()).ok()?;
                found.fields.push((words.last()?.to_string(), value));
            }
            _ => {}
        }
    }
    (!found.name.is_empty()).then_some(found)
}

fn number(expr: &Expr) -> Option<u64> {
    match expr {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Int(number) => number.base10_parse().ok(),
            _ => None,
        },
        _ => None,
    }
}

/// The name of a function and the type that it is called for.
fn generic_call(function: &Expr) -> Option<(String, String)> {
    let Expr::Path(path) = function else {
        return None;
    };
    let last = path.path.segments.last()?;
    let of = generic(&last.arguments)?;
    Some((last.ident.to_string(), name(of)?))
}

fn generic(arguments: &PathArguments) -> Option<&Type> {
    let PathArguments::AngleBracketed(arguments) = arguments else {
        return None;
    };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(kind) => Some(kind),
        _ => None,
    })
}

fn name(kind: &Type) -> Option<String> {
    match kind {
        Type::Path(path) => Some(path.path.segments.last()?.ident.to_string()),
        _ => None,
    }
}

/// By type the field that has it, of those whose types have no name of their own.
pub fn members(file: &syn::File) -> HashMap<String, Member> {
    let fields = file.items.iter().flat_map(|item| match item {
        Item::Struct(item) => Vec::from_iter(&item.fields),
        Item::Union(item) => Vec::from_iter(&item.fields.named),
        _ => Vec::new(),
    });
    fields
        .filter_map(|field| {
            let (kind, element) = anonymous(&field.ty)?;
            let field = field.ident.as_ref()?.to_string();
            Some((kind, Member { field, element }))
        })
        .collect()
}

/// The type without a name that a field is, or is made of.
fn anonymous(kind: &Type) -> Option<(String, (&'static str, &'static str))> {
    match kind {
        Type::Array(array) => Some((anonymous(&array.elem)?.0, ("", "[0]"))),
        Type::Ptr(pointer) => Some((anonymous(&pointer.elem)?.0, ("*", ""))),
        Type::Path(path) => {
            let last = path.path.segments.last()?;
            // What bindgen has of its own: an array of no length, a field of a union.
            let inner = generic(&last.arguments).and_then(anonymous);
            let is_array = last.ident == "__IncompleteArrayField";
            match inner {
                Some((kind, _)) if is_array => Some((kind, ("", "[0]"))),
                Some(inner) => Some(inner),
                None => {
                    let name = last.ident.to_string();
                    name.contains(ANONYMOUS).then_some((name, ("", "")))
                }
            }
        }
        _ => None,
    }
}
