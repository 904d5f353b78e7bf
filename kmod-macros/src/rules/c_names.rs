// SPDX-License-Identifier: GPL-2.0-only
//! Names that stand in a C header.

use proc_macro2::Ident;
use syn::ext::IdentExt;

use crate::errors::Errors;

/// The keywords of C and of C++, which headers are for, too, and what compilers predefine.
const KEYWORDS: &str = "alignas alignof and and_eq asm auto bitand bitor bool break case catch \
    char char8_t char16_t char32_t class co_await co_return co_yield compl concept const \
    const_cast consteval constexpr constinit continue decltype default delete do double \
    dynamic_cast else enum explicit export extern false float for friend goto if inline int long \
    mutable namespace new noexcept not not_eq nullptr operator or or_eq private protected public \
    register reinterpret_cast requires restrict return short signed sizeof static static_assert \
    static_cast struct switch template this thread_local throw true try typedef typeid typename \
    typeof union unsigned using virtual void volatile wchar_t while xor xor_eq i386 linux unix";

/// Refuses a field's or a struct's name that C cannot have. Its C name is `c_name`.
pub fn check(ident: &Ident, c_name: &str, errors: &mut Errors) {
    if !c_name.is_ascii() {
        errors.at(
            ident.span(),
            format!("`{}` is not a name in C", ident.unraw()),
            "a name in a C header has letters from a to z, digits and underscores",
        );
    } else if KEYWORDS.split_whitespace().any(|word| word == c_name) {
        errors.at(
            ident.span(),
            format!("`{c_name}` is not a name in C or C++, but a word of the language"),
            "take another name",
        );
    }
}
