// SPDX-License-Identifier: GPL-2.0-only
//! `#[export_c]`, `#[export]` and `#[import_c]`

use proc_macro2::TokenStream;
use quote::quote;

use super::one;
use crate::attributes::{self, export_c, import_c};
use crate::tests::{NONE, messages};

fn tokens(source: &str) -> TokenStream {
    source.parse().expect("it is tokens")
}

fn export(item: &str) -> Vec<String> {
    messages(export_c(
        TokenStream::new(),
        tokens(item),
        &quote!(::kmod_core),
    ))
}

fn import(items: &str) -> Vec<String> {
    let block = tokens(&format!("unsafe extern \"C\" {{ {items} }}"));
    messages(import_c(TokenStream::new(), block, &quote!(::kmod_core)))
}

#[test]
fn what_no_function_of_c_has() {
    for (item, rule, help) in [
        ("async fn f() {}", "`async`", "leave `async` out"),
        ("unsafe fn f() {}", "a safe one", "leave `unsafe` out"),
        (
            "extern \"C\" fn f() {}",
            "makes what C calls itself",
            "leave `extern` out",
        ),
        ("fn f<T>(x: T) {}", "generic", "write the types out"),
        ("fn f<'a>(x: &'a u8) {}", "generic", "no lifetime"),
        ("fn f(x: impl Copy) {}", "generic", "`impl` stands for"),
        ("fn f() -> impl Copy {}", "generic", "`impl` stands for"),
        ("fn f(&self) {}", "no `self`", "outside of the `impl`"),
        ("fn f() -> ! { loop {} }", "never returns", "return"),
        ("fn f((a, b): (u8, u8)) {}", "has a name", "name it"),
        ("fn f(int: u8) {}", "a word of the language", "another name"),
        ("fn switch() {}", "a word of the language", "another name"),
        ("fn größe() {}", "not a name in C", "from a to z"),
        ("fn init_module() {}", "the kernel calls", "init"),
        ("fn __f() {}", "names of compilers", "the module's name"),
        (
            "fn kmod_bug() {}",
            "names of compilers",
            "the module's name",
        ),
        ("struct S;", "belongs on a function", "`fn`"),
        ("fn f();", "with a body", "`fn`"),
    ] {
        one(export(item), rule, help);
    }
    assert_eq!(
        export("fn f(_: u8, mut a: &mut u8, r#type: bool) -> u8 { 0 }"),
        NONE
    );
    assert_eq!(export("const fn r#f() {}"), NONE);
}

#[test]
fn what_is_no_declaration_of_c() {
    for (items, rule, help) in [
        ("static F: u8;", "only functions", "gives its address"),
        ("type F;", "only functions", "gives its address"),
        (
            "#[link_name = \"g\"] fn f();",
            "one name",
            "call it here as C does",
        ),
        ("fn f(x: u8, ...);", "variable arguments", "parameters"),
        ("fn f() -> !;", "never returns", "return"),
    ] {
        one(import(items), rule, help);
    }
    assert_eq!(import("fn f(a: u8, _: *const u8) -> i32; fn g();"), NONE);
    let system = tokens("unsafe extern \"system\" { fn f(); }");
    let reports = messages(import_c(TokenStream::new(), system, &quote!(::kmod_core)));
    one(reports, "called as C is", "\"C\"");
}

#[test]
fn keys_are_refused() {
    let (keys, krate) = (tokens("name = \"g\""), quote!(::kmod_core));
    let function = export_c(keys.clone(), tokens("fn f() {}"), &krate);
    let block = import_c(keys, tokens("unsafe extern \"C\" { fn f(); }"), &krate);
    for reports in [function, block].map(messages) {
        one(reports, "has no keys", "by ");
    }
}

#[test]
fn exports_say_to_whom() {
    let export = |args: &str, item: &str| {
        let krate = quote!(::kmod_core);
        messages(attributes::export(tokens(args), tokens(item), &krate))
    };
    const FUNCTION: &str = "fn f() {}";
    for (args, item, rule, help) in [
        ("GPL", FUNCTION, "no key `GPL`", "did you mean `gpl`?"),
        ("gpl = true", FUNCTION, "a word of its own", "write `gpl`"),
        ("ns = \"A\"", FUNCTION, "no key `ns`", "`namespace`"),
        (
            "namespace = A",
            FUNCTION,
            "takes a string",
            "namespace = \"",
        ),
        (
            "namespace = \"a-b\"",
            FUNCTION,
            "a symbol namespace",
            "EXPORT_SYMBOL_NS",
        ),
        (
            "gpl",
            "extern \"C\" fn f() {}",
            "`#[export]` makes what C calls",
            "leave `extern` out",
        ),
        ("", "struct S;", "belongs on a function", "other modules"),
    ] {
        one(export(args, item), rule, help);
    }
    assert_eq!(export("gpl, namespace = \"A_B\"", FUNCTION), NONE);
    assert_eq!(export("", FUNCTION), NONE);
}

/// No report hides another.
#[test]
fn all_mistakes_are_reported_at_once() {
    let reports = export("async unsafe fn __f<T>(x: impl Copy, (a, b): (u8, T)) -> ! { loop {} }");
    assert_eq!(reports.len(), 7, "{reports:#?}");
}
