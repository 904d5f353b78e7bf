// SPDX-License-Identifier: GPL-2.0-only
//! The messages of `pr_info!` and its kin: splits the format string, so that `kmod-core` can make
//! a `printk` format of it at compile time.
//!
//! What `printk` may not show as Rust does (`{:?}`, a width) goes to `core::fmt`, as does whatever
//! is not understood here: `format_args!` then says what is wrong with it.

use std::collections::BTreeSet;
use std::ffi::CString;
use std::sync::atomic::{AtomicU32, Ordering};

use proc_macro2::{Ident, Literal, Span, TokenStream, TokenTree};
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Expr, LitStr, Token};

/// As in `kmod_core::print`.
const MAX_ARGS: usize = 8;

/// What the macros of `kmod-core` pass: their crate, the level, and what the user wrote.
struct Message {
    krate: TokenTree,
    level: Ident,
    /// The device in whose name it is.
    device: Option<Expr>,
    /// What stands before the text, each with a `;`.
    how: How,
    format: Option<Expr>,
    args: Vec<Arg>,
}

/// What is to be done with a message.
#[derive(Default)]
struct How {
    /// The line goes on with the next message.
    open: bool,
    /// It is logged the first time only.
    once: bool,
    /// It is not logged too often.
    ratelimited: bool,
    /// It is bytes, shown as such: where that is said.
    hex: Option<Ident>,
    /// It is kept, and printed later: where that is said.
    deferred: Option<Ident>,
}

impl How {
    /// Reads words that end with a `;`, as long as there are known ones.
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut how = Self::default();
        loop {
            let ahead = input.fork();
            let Ok(word) = ahead.parse::<Ident>() else {
                return Ok(how);
            };
            if ahead.parse::<Token![;]>().is_err() {
                return Ok(how);
            }
            match word.to_string().as_str() {
                "cont" => how.open = true,
                "once" => how.once = true,
                "ratelimited" => how.ratelimited = true,
                "hex" => how.hex = Some(word),
                "deferred" => how.deferred = Some(word),
                _ => return Ok(how),
            }
            input.parse::<Ident>()?;
            input.parse::<Token![;]>()?;
        }
    }
}

/// An argument, named or not.
struct Arg {
    name: Option<Ident>,
    value: Expr,
}

impl Parse for Message {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let krate = input.parse()?;
        input.parse::<Token![,]>()?;
        let level = input.parse()?;
        input.parse::<Token![,]>()?;
        let mut device = None;
        if input.peek(Token![@]) {
            input.parse::<Token![@]>()?;
            device = Some(input.parse()?);
            input.parse::<Token![;]>()?;
        }
        let how = How::parse(input)?;
        let mut format = None;
        let mut args = Vec::new();
        if !input.is_empty() {
            format = Some(input.parse()?);
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
            args = Punctuated::<Arg, Token![,]>::parse_terminated(input)?
                .into_iter()
                .collect();
        }
        Ok(Self {
            krate,
            level,
            device,
            how,
            format,
            args,
        })
    }
}

impl Parse for Arg {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let name =
            if input.peek(Ident::peek_any) && input.peek2(Token![=]) && !input.peek2(Token![==]) {
                let name = input.call(Ident::parse_any)?;
                input.parse::<Token![=]>()?;
                Some(name)
            } else {
                None
            };
        Ok(Self {
            name,
            value: input.parse()?,
        })
    }
}

/// A part of the format string.
#[derive(Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    Arg(Which, &'static str),
}

/// Which argument a `{}` shows.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Which {
    Next,
    At(usize),
    Named(String),
}

/// Expands `printk!(crate, Level, format, args...)`.
pub fn expand(input: TokenStream) -> TokenStream {
    match Message::parse.parse2(input) {
        Ok(message) => message.expand(),
        Err(error) => error.into_compile_error(),
    }
}

impl Message {
    fn expand(&self) -> TokenStream {
        let krate = &self.krate;
        let print = quote!(#krate::__private::print);
        if let Some(word) = &self.how.deferred
            && !self.may_be_deferred()
        {
            let said = "a deferred message is a line of text, in the module's name, which `ratelimited;` does not count\n\
                        = help: `pr_info!(deferred; \"{lost} bytes were lost\")`";
            return syn::Error::new(word.span(), said).into_compile_error();
        }
        let mut tokens = match &self.how.hex {
            Some(word) => self.hex_dump(word),
            None => self.message(),
        };
        if self.how.ratelimited {
            tokens = quote! {{
                static __LIMIT: #print::RateLimit = #print::RateLimit::new();
                if __LIMIT.allows(#krate::__function!()) {
                    #tokens
                }
            }};
        }
        if self.how.once {
            tokens = quote! {{
                static __ONCE: #print::Once = #print::Once::new();
                if __ONCE.is_first() {
                    #tokens
                }
            }};
        }
        if self.is_debug() {
            let text = self
                .format
                .as_ref()
                .map_or(quote!(""), |text| quote!(#text));
            let symbol = place();
            tokens = quote!(#krate::__at_place!(#symbol, #text, |__place| #tokens));
        }
        tokens
    }

    /// Whether it is what is kept of a message until a worker prints it. What counts how often something is
    /// logged prints, too.
    fn may_be_deferred(&self) -> bool {
        let How {
            open,
            ratelimited,
            hex,
            ..
        } = &self.how;
        let is_plain = !open && !ratelimited && hex.is_none();
        is_plain && self.device.is_none() && self.level != "Cont"
    }

    /// Whether it is one of a place that can be switched on.
    fn is_debug(&self) -> bool {
        self.level == "Debug"
    }

    /// What it goes to; `None` for the log alone.
    fn target(&self) -> Option<TokenStream> {
        let krate = &self.krate;
        let target = quote!(#krate::__private::print::Target);
        let to = match &self.device {
            Some(device) => quote_spanned!(ours_at(device.span())=> #target::of(&(#device))),
            None if self.is_debug() => quote!(#target::LOG),
            None => return None,
        };
        Some(match self.is_debug() {
            true => quote!(#to.at(__place)),
            false => to,
        })
    }

    /// Bytes, as such.
    fn hex_dump(&self, word: &Ident) -> TokenStream {
        let (krate, level) = (&self.krate, &self.level);
        let prefix = self.format.as_ref().and_then(literal);
        let prefix = prefix.and_then(|text| CString::new(text.value()).ok());
        let ([Arg { name: None, value }], Some(prefix), false, None) =
            (&*self.args, prefix, self.how.open, &self.device)
        else {
            let said = "a hex dump takes what stands before each line, and bytes\n\
                        = help: `pr_info!(hex; \"header: \", &bytes)`";
            return syn::Error::new(word.span(), said).into_compile_error();
        };
        let prefix = Literal::c_string(&prefix);
        let print = quote!(#krate::__private::print);
        let on = self.on();
        quote! {{
            #on
            #print::hex_dump(#print::Level::#level, #prefix, #value)
        }}
    }

    /// A dump, and what is deferred, have no place of their own: that it is on is all.
    fn on(&self) -> Option<TokenStream> {
        self.is_debug().then(|| quote!(let _ = __place;))
    }

    /// The message itself.
    fn message(&self) -> TokenStream {
        let literal = match &self.format {
            None => Some(LitStr::new("", Span::call_site())),
            Some(format) => literal(format),
        };
        let shown = literal.as_ref().and_then(|literal| {
            let mut pieces = split(&literal.value())?;
            let captured = self.captured(&pieces, literal.span())?;
            let shown = self.shown(&pieces, &captured)?;
            if !self.how.open {
                end_line(&mut pieces);
            }
            Some((pieces, captured, shown))
        });
        match (shown, literal) {
            (Some((pieces, captured, shown)), Some(literal)) => {
                self.by_printk(&pieces, &captured, &shown, &literal)
            }
            (_, literal) => self.by_fmt(literal.as_ref()),
        }
    }

    /// The names in the format that are no arguments, as arguments: each is then looked up once, so
    /// that one which is unknown is reported once. `None` if one cannot be a name.
    fn captured(&self, pieces: &[Piece], span: Span) -> Option<Vec<Arg>> {
        let names: BTreeSet<&str> = pieces
            .iter()
            .filter_map(|piece| match piece {
                Piece::Arg(Which::Named(name), _) => Some(&**name),
                _ => None,
            })
            .filter(|name| position(&self.args, name).is_none())
            .collect();
        let args = names.into_iter().map(|name| {
            let name: Ident = syn::parse_str(name).ok()?;
            let name = Ident::new(&name.to_string(), span);
            Some(Arg {
                value: syn::parse_quote!(#name),
                name: Some(name),
            })
        });
        args.collect()
    }

    /// What each `{}` shows, as tokens after `args` and what is captured; `None` if `printk` cannot or
    /// nobody knows.
    fn shown(&self, pieces: &[Piece], captured: &[Arg]) -> Option<Vec<TokenStream>> {
        let given = self.args.len();
        let mut next = 0;
        let mut shown = Vec::new();
        for piece in pieces {
            let Piece::Arg(which, _) = piece else {
                continue;
            };
            let (at, arg) = match which {
                Which::Next => {
                    next += 1;
                    (next - 1, self.args.get(next - 1)?)
                }
                Which::At(at) => (*at, self.args.get(*at)?),
                Which::Named(name) => match position(&self.args, name) {
                    Some(at) => (at, &self.args[at]),
                    None => {
                        let at = position(captured, name)?;
                        (given + at, &captured[at])
                    }
                },
            };
            let span = ours_at(arg.value.span());
            let at = Literal::usize_unsuffixed(at);
            shown.push(quote_spanned!(span=> __args.#at));
        }
        (shown.len() <= MAX_ARGS).then_some(shown)
    }

    /// The message with both ways to choose from.
    fn by_printk(
        &self,
        pieces: &[Piece],
        captured: &[Arg],
        shown: &[TokenStream],
        literal: &LitStr,
    ) -> TokenStream {
        let krate = &self.krate;
        let args = || self.args.iter().chain(captured);
        let values = args().map(|arg| {
            let value = &arg.value;
            quote_spanned!(ours_at(value.span())=> &(#value))
        });
        let again = args().enumerate().map(|(at, arg)| {
            let at = Literal::usize_unsuffixed(at);
            let value = quote_spanned!(ours_at(arg.value.span())=> *__args.#at);
            match &arg.name {
                Some(name) => quote!(#name = #value),
                None => value,
            }
        });
        let format = self.format(pieces);
        let size = Literal::usize_unsuffixed(size(pieces));
        let again = quote!(#krate::__private::format_args!(#literal, #(#again),*));
        let choose = quote!((&#krate::__private::print::Choose((#(#shown,)*))));
        let call = match self.target() {
            _ if self.how.deferred.is_some() => {
                let on = self.on();
                quote!(#on #choose.print_deferred::<__Format, #size, _>(|__print| __print(#again)))
            }
            None => quote!(#choose.print::<__Format, #size, _>(|__print| __print(#again))),
            Some(to) => quote! {
                let __to = #to;
                #choose.print_to::<__Format, #size, _>(__to, |__print| __print(__to, #again))
            },
        };
        quote! {
            match (#(#values,)*) {
                __args => {
                    #format
                    use #krate::__private::print::choose::*;
                    #call
                }
            }
        }
    }

    /// The message by way of `core::fmt` alone. What is shown by `{:p}`, or may be so if the format
    /// comes from another macro, goes through `Pointer`.
    fn by_fmt(&self, literal: Option<&LitStr>) -> TokenStream {
        let krate = &self.krate;
        let format = self.format(&[]);
        let template = &self.format;
        let pointers = literal.map(|literal| pointers(&literal.value()));
        let is_pointer = |at, name: Option<&Ident>| {
            let named = |which: &Which| match which {
                Which::At(place) => *place == at,
                Which::Named(text) => name.is_some_and(|name| name == text),
                Which::Next => false,
            };
            pointers.as_ref().is_none_or(|all| all.iter().any(named))
        };
        let given = self.args.iter().enumerate();
        let given = given.map(|(at, Arg { name, value })| {
            let value = match is_pointer(at, name.as_ref()) {
                true => hashed(krate, value),
                false => quote!(#value),
            };
            match name {
                Some(name) => quote!(#name = #value),
                None => value,
            }
        });
        // Names in the format that are no arguments become some, or they could not be wrapped.
        let span = literal.map_or_else(Span::call_site, LitStr::span);
        let pieces = pointers.iter().flatten();
        let pieces = pieces.map(|which| Piece::Arg(which.clone(), "Pointer"));
        let captured = self.captured(&pieces.collect::<Vec<_>>(), span);
        let captured = captured.unwrap_or_default();
        let captured = captured.iter().map(|Arg { name, value }| {
            let value = hashed(krate, value);
            quote!(#name = #value)
        });
        let args: Vec<TokenStream> = given.chain(captured).collect();
        let chooses = pointers.is_none_or(|pointers| !pointers.is_empty()) && !args.is_empty();
        let choose = chooses.then(|| {
            quote! {
                use #krate::__private::print::{IsOther as _, IsPointer as _};
            }
        });
        let mut on = None;
        let (function, to) = match self.target() {
            _ if self.how.deferred.is_some() => {
                on = self.on();
                (quote!(format_line_deferred), None)
            }
            None => (quote!(format_line), None),
            Some(to) => (quote!(format_line_to), Some(quote!(#to,))),
        };
        quote! {
            {
                #format
                #choose
                #on
                #krate::__private::print::#function::<__Format>(
                    #to #krate::__private::format_args!(#template, #(#args),*),
                )
            }
        }
    }

    /// The type that describes the message to `kmod-core`.
    fn format(&self, pieces: &[Piece]) -> TokenStream {
        let (krate, level, newline) = (&self.krate, &self.level, !self.how.open);
        let print = quote!(#krate::__private::print);
        let pieces = pieces.iter().map(|piece| match piece {
            Piece::Text(text) => quote!(#print::Piece::Text(#text)),
            Piece::Arg(_, style) => {
                let style = format_ident!("{style}");
                quote!(#print::Piece::Arg(#print::Style::#style))
            }
        });
        // A device's is before it instead.
        let named = self
            .device
            .as_ref()
            .map(|_| quote!(const IS_NAMED: #krate::__private::primitive::bool = false;));
        quote! {
            struct __Format;
            impl #print::Format for __Format {
                #named
                const LEVEL: #print::Level = #print::Level::#level;
                const PIECES: &'static [#print::Piece] = &[#(#pieces),*];
                const NEWLINE: #krate::__private::primitive::bool = #newline;
            }
        }
    }
}

/// A symbol that no other place of the module has: crates are told apart by their names.
fn place() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);

    let part = |name| std::env::var(name).unwrap_or_default();
    let of = part("CARGO_CRATE_NAME") + "_" + &part("CARGO_PKG_VERSION");
    let of = of.replace(|c: char| !c.is_ascii_alphanumeric(), "_");
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    format!("__kmod_place_{of}_{number}")
}

/// Where the argument of this name is.
fn position(args: &[Arg], name: &str) -> Option<usize> {
    args.iter()
        .position(|arg| arg.name.as_ref().is_some_and(|n| n == name))
}

/// The string literal that `expr` is, also when it came through a macro.
fn literal(expr: &Expr) -> Option<LitStr> {
    match expr {
        Expr::Lit(lit) => match &lit.lit {
            syn::Lit::Str(literal) => Some(literal.clone()),
            _ => None,
        },
        Expr::Group(group) => literal(&group.expr),
        _ => None,
    }
}

/// The place of `span`, with our own names.
fn ours_at(span: Span) -> Span {
    Span::call_site().located_at(span)
}

/// An argument that `Pointer` hashes, if it has a `{:p}`.
fn hashed(krate: &TokenTree, value: &Expr) -> TokenStream {
    let span = ours_at(value.span());
    let pointer = quote!(#krate::__private::print::Pointer);
    quote_spanned!(span=> *(&#pointer(&(#value))).hashed())
}

/// What a format string shows by `{:p}`, whatever else is in it: places and names.
fn pointers(format: &str) -> Vec<Which> {
    let mut found = Vec::new();
    let mut next = 0;
    // Doubled braces are text.
    let format = format.replace("{{", "").replace("}}", "");
    let inner = format.split('{').skip(1);
    for inner in inner.filter_map(|part| part.split_once('}')) {
        let (which, spec) = inner.0.split_once(':').unwrap_or((inner.0, ""));
        // A precision that is an argument comes before what it is for.
        next += usize::from(spec.contains(".*"));
        let which = match which.trim() {
            "" => {
                next += 1;
                Which::At(next - 1)
            }
            digits if digits.bytes().all(|b| b.is_ascii_digit()) => {
                Which::At(digits.parse().unwrap_or(usize::MAX))
            }
            name => Which::Named(name.to_owned()),
        };
        if spec.trim_end().ends_with('p') {
            found.push(which);
        }
    }
    found
}

/// Splits a format string; `None` if `printk` cannot show it.
fn split(format: &str) -> Option<Vec<Piece>> {
    let mut pieces = Vec::new();
    let mut text = String::new();
    let mut rest = format;
    while let Some(at) = rest.find(['{', '}', '\0']) {
        text.push_str(&rest[..at]);
        let tail = &rest[at..];
        if tail.starts_with("{{") || tail.starts_with("}}") {
            text.push_str(&tail[..1]);
            rest = &tail[2..];
            continue;
        }
        let (inner, after) = tail.strip_prefix('{')?.split_once('}')?;
        if !text.is_empty() {
            pieces.push(Piece::Text(std::mem::take(&mut text)));
        }
        pieces.push(placeholder(inner)?);
        rest = after;
    }
    text.push_str(rest);
    if !text.is_empty() {
        pieces.push(Piece::Text(text));
    }
    Some(pieces)
}

/// What stands between braces.
fn placeholder(inner: &str) -> Option<Piece> {
    let (which, style) = inner.split_once(':').unwrap_or((inner, ""));
    let style = match style.trim_end() {
        "" => "Display",
        "x" => "LowerHex",
        "#x" => "PrefixedHex",
        "X" => "UpperHex",
        "o" => "Octal",
        _ => return None,
    };
    let which = match which.trim() {
        "" => Which::Next,
        digits if digits.bytes().all(|b| b.is_ascii_digit()) => Which::At(digits.parse().ok()?),
        name => Which::Named(name.to_owned()),
    };
    Some(Piece::Arg(which, style))
}

/// Adds the newline where there is none.
fn end_line(pieces: &mut Vec<Piece>) {
    match pieces.last_mut() {
        Some(Piece::Text(text)) if text.ends_with('\n') => {}
        Some(Piece::Text(text)) => text.push('\n'),
        _ => pieces.push(Piece::Text("\n".to_owned())),
    }
}

/// The most bytes that the `printk` format can take: level, name, pieces and NUL.
fn size(pieces: &[Piece]) -> usize {
    let pieces = pieces.iter().map(|piece| match piece {
        Piece::Text(text) => text.len() + text.matches('%').count(),
        Piece::Arg(_, "PrefixedHex") => "%#llx".len(),
        Piece::Arg(..) => "%llu".len(),
    });
    "\x016%s: ".len() + pieces.sum::<usize>() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Piece {
        Piece::Text(text.to_owned())
    }

    #[test]
    fn a_format_is_split_at_its_placeholders() {
        let pieces = split("a {} b{1:#x}{name}").unwrap();
        let expected = [
            text("a "),
            Piece::Arg(Which::Next, "Display"),
            text(" b"),
            Piece::Arg(Which::At(1), "PrefixedHex"),
            Piece::Arg(Which::Named("name".to_owned()), "Display"),
        ];
        assert_eq!(pieces, expected);
    }

    #[test]
    fn doubled_braces_are_text() {
        assert_eq!(split("{{}} 5%").unwrap(), [text("{} 5%")]);
    }

    #[test]
    fn what_printk_shows_otherwise_is_left_to_fmt() {
        for format in [
            "{:?}", "{:>8}", "{:02x}", "{:p}", "{:.3}", "a\0b", "{", "}", "{a",
        ] {
            assert_eq!(split(format), None, "{format}");
        }
    }

    #[test]
    fn a_line_gets_one_newline() {
        for (format, expected) in [("", "\n"), ("a", "a\n"), ("a\n", "a\n")] {
            let mut pieces = split(format).unwrap();
            end_line(&mut pieces);
            assert_eq!(pieces, [text(expected)]);
        }
    }

    #[test]
    fn the_format_string_fits() {
        assert_eq!(
            size(&split("100% {} {:#x}\n").unwrap()),
            "\x016%s: 100%% %llu %#llx\n\0".len()
        );
    }

    #[test]
    fn a_name_is_looked_up_once() {
        let tokens = expand("k, Info, \"{a} {b} {a}\", b = 1".parse().unwrap());
        let idents = |name: &str| tokens.to_string().matches(&format!("& ({name})")).count();
        assert_eq!(idents("a"), 1, "{tokens}");
        let tokens = tokens.to_string();
        assert!(tokens.contains("a = * __args . 1"), "{tokens}");
    }

    #[test]
    fn pointers_are_found_wherever_they_stand() {
        let found = pointers("{} {:p} {{:p}} {a:>20p} {3:#p } {:.*p} {:?} {:p$} {:1$p} {p}");
        let expected = [
            Which::At(1),
            Which::Named("a".to_owned()),
            Which::At(3),
            Which::At(3),
            Which::At(6),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn pointers_are_wrapped() {
        for (message, wrapped) in [
            (
                "\"{:?} {:p}\", a, b",
                "* (& k :: __private :: print :: Pointer (& (b)))",
            ),
            (
                "\"{:p} {x:?}\", x = b",
                "* (& k :: __private :: print :: Pointer (& (b)))",
            ),
            (
                "\"{b:p}\"",
                "b = * (& k :: __private :: print :: Pointer (& (b)))",
            ),
            (
                "concat!(\"{\", \":p}\"), b",
                "* (& k :: __private :: print :: Pointer (& (b)))",
            ),
        ] {
            let tokens = expand(format!("k, Info, {message}").parse().unwrap()).to_string();
            assert!(tokens.contains(wrapped), "{tokens}");
            assert_eq!(tokens.matches("Pointer").count(), 2, "{tokens}");
        }
        let tokens = expand("k, Info, \"{:?}\", a".parse().unwrap()).to_string();
        assert!(!tokens.contains("Pointer"), "{tokens}");
    }

    #[test]
    fn words_before_the_text_say_what_is_done_with_it() {
        let expand = |message: &str| expand(message.parse().unwrap()).to_string();
        let tokens = expand("k, Warn, once; \"a\"");
        assert!(tokens.contains("__ONCE . is_first ()"), "{tokens}");
        let tokens = expand("k, Warn, ratelimited; cont; \"a {}\", 1");
        assert!(tokens.contains("__LIMIT . allows (k :: __function ! ())"));
        assert!(tokens.contains("NEWLINE : k :: __private :: primitive :: bool = false"));
        let tokens = expand("k, Info, hex; \"a: \", &b");
        assert!(
            tokens.contains("hex_dump (k :: __private :: print :: Level :: Info , c\"a: \" , & b)")
        );
        let tokens = expand("k, Err, once; deferred; \"a {}\", b");
        assert!(tokens.contains("print_deferred :: <"), "{tokens}");
        let tokens = expand("k, Debug, deferred; \"a {:?}\", b");
        assert!(tokens.contains("format_line_deferred :: <"), "{tokens}");
        // An argument may have such a name.
        assert!(!expand("k, Warn, once").contains("__ONCE"));
    }

    #[test]
    fn what_is_deferred_is_a_line() {
        for message in [
            "Info, hex; deferred; \"a\", b",
            "Info, deferred; cont; \"a\"",
            "Cont, deferred; \"a\"",
            "Info, ratelimited; deferred; \"a\"",
            "Info, @ b; deferred; \"a\"",
        ] {
            let tokens = expand(format!("k, {message}").parse().unwrap()).to_string();
            assert!(
                tokens.contains("a deferred message is"),
                "{message}: {tokens}"
            );
        }
    }

    #[test]
    fn a_dump_is_of_bytes() {
        for message in [
            "hex;",
            "hex; \"a\"",
            "hex; \"a\", b, c",
            "hex; a, b",
            "cont; hex; \"a\", b",
        ] {
            let tokens = expand(format!("k, Info, {message}").parse().unwrap()).to_string();
            assert!(tokens.contains("a hex dump takes"), "{message}: {tokens}");
        }
        let tokens = expand("k, Info, @ d; hex; \"a\", b".parse().unwrap()).to_string();
        assert!(tokens.contains("a hex dump takes"), "{tokens}");
    }

    #[test]
    fn debug_messages_are_places() {
        let debug = expand("k, Debug, \"a {}\", 1".parse().unwrap()).to_string();
        assert!(
            debug.starts_with("k :: __at_place ! (\"__kmod_place_"),
            "{debug}"
        );
        assert!(debug.contains("Target :: LOG . at (__place)"), "{debug}");
        assert!(debug.contains(" , \"a {}\" , | __place |"), "{debug}");
        assert_ne!(
            debug,
            expand("k, Debug, \"a {}\", 1".parse().unwrap()).to_string()
        );
        let of_device = expand("k, Debug, @ d; \"a\"".parse().unwrap()).to_string();
        assert!(
            of_device.contains("Target :: of (& (d)) . at (__place)"),
            "{of_device}"
        );
        assert!(of_device.contains("IS_NAMED"), "{of_device}");
        let info = expand("k, Info, @ d; \"{:?}\", 1".parse().unwrap()).to_string();
        assert!(info.contains("format_line_to"), "{info}");
        assert!(!info.contains("__place"), "{info}");
    }

    #[test]
    fn errors_are_left_to_format_args() {
        for message in [
            "$k, Info, \"{}\"",
            "$k, Info, \"{} {name}\"",
            "$k, Info, \"{2}\", 1",
            "$k, Info, concat!(\"a\")",
        ] {
            let tokens = expand(message.replace("$k", "k").parse().unwrap()).to_string();
            assert!(tokens.contains("format_line"), "{tokens}");
        }
    }
}
