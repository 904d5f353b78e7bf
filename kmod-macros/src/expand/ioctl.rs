// SPDX-License-Identifier: GPL-2.0-only
//! `#[ioctl]`

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::Type;
use syn::spanned::Spanned;

use super::object::{generated_at, moved};
use super::uapi;
use crate::case;
use crate::check::ioctl::may_be_same;
use crate::model::{Code, Command, Direction, Ioctl};
use crate::parse::docs;

/// The numbers, the trait of the handlers, the way from one to the other, the checks, and what
/// userspace is told.
pub fn expand(ioctl: &Ioctl, krate: &TokenStream) -> TokenStream {
    let item = &ioctl.item;
    if ioctl.misshapen {
        return quote!(#item);
    }
    let (name, vis, attributes) = (&item.ident, &item.vis, &item.attrs);
    let span = generated_at(name.span());
    let krate = &moved(krate, span);
    let private = &quote_spanned!(span=> #krate::__private);
    let handler = format_ident!("{}Handler", name, span = span);
    let magic = match &ioctl.magic {
        Some(magic) => Literal::byte_character(magic.value as u8),
        // It is missing, which was reported.
        None => Literal::byte_character(0),
    };
    let site = Site {
        ioctl,
        krate,
        private,
        magic: &magic,
    };
    let commands = &ioctl.commands;
    let methods = commands.iter().filter(|command| !command.nameless);
    let methods = methods.map(|command| site.method(command));
    let constants = whole(ioctl).map(|(command, code)| site.constant(command, code));
    let arms = whole(ioctl).map(|(command, code)| site.arm(command, code));
    let checks = whole(ioctl).map(|(command, code)| site.checks(command, code));
    let described = whole(ioctl).map(|(command, code)| site.description(command, code));
    let doc = format!("The handlers of the commands of [`{name}`], a method for each.");
    let name_shown = name.to_string();
    let text = docs::text(attributes);
    let record = uapi::record(
        quote_spanned! {span=>
            #private::uapi::Item::Commands(&#private::uapi::Commands {
                name: #name_shown,
                docs: #text,
                magic: #magic,
                commands: &[#(#described)*],
            })
        },
        private,
        span,
    );
    quote_spanned! {span=>
        #(#attributes)*
        #vis enum #name {}

        impl #name {
            #(#constants)*
        }

        #[doc = #doc]
        #vis trait #handler: #krate::file::FileOperations {
            #(#methods)*
        }

        impl<D: #handler> #private::ioctl::Ioctl<D> for #name {
            const PRESENT: ::core::primitive::bool = true;

            fn call(
                device: &D,
                file: &#krate::file::File<'_, D>,
                call: #private::ioctl::Call,
            ) -> #krate::error::Result<::core::ffi::c_long> {
                match call.cmd() {
                    #(#arms)*
                    _ => ::core::result::Result::Err(#krate::error::code::ENOTTY),
                }
            }
        }

        #(#checks)*
        #record
    }
}

/// The commands that broke no rule.
fn whole(ioctl: &Ioctl) -> impl Iterator<Item = (&Command, &Code)> {
    let commands = ioctl.commands.iter().filter(|command| !command.refused);
    commands.filter_map(|command| Some((command, command.code.as_ref()?)))
}

/// What all commands' tokens need.
struct Site<'a> {
    ioctl: &'a Ioctl,
    krate: &'a TokenStream,
    private: &'a TokenStream,
    magic: &'a Literal,
}

impl Site<'_> {
    /// The handler of a command, even of a refused one: the user has written it.
    fn method(&self, command: &Command) -> TokenStream {
        let Some(code) = &command.code else {
            return TokenStream::new();
        };
        let span = generated_at(command.ident.span());
        let krate = moved(self.krate, span);
        let name = case::identifier(&case::snake(&command.ident), command.ident.span());
        let attributes = &command.attributes;
        let code_doc = self.code_doc(command, code);
        let payload = payload(command);
        let (argument, value) = match code.direction {
            Direction::Io => (payload.map(|_| quote!(arg: ::core::primitive::usize)), None),
            Direction::Ior => (None, payload),
            Direction::Iow => (payload.map(|ty| quote!(arg: #ty)), None),
            Direction::Iowr => (payload.map(|ty| quote!(arg: #ty)), payload),
        };
        let value = match (value, code.returns) {
            (Some(ty), _) => quote!(<#ty>),
            (None, Some(_)) => quote!(<::core::primitive::u32>),
            (None, None) => TokenStream::new(),
        };
        let argument = argument.into_iter();
        quote_spanned! {span=>
            #(#attributes)*
            #[doc = ""]
            #[doc = #code_doc]
            fn #name(
                &self,
                file: &#krate::file::File<'_, Self>,
                #(#argument,)*
            ) -> #krate::error::Result #value;
        }
    }

    /// A command's number.
    fn constant(&self, command: &Command, code: &Code) -> TokenStream {
        let at = command.ident.span();
        let name = constant_name(command, at);
        let attributes = &command.attributes;
        let code_doc = self.code_doc(command, code);
        let (magic, nr) = (self.magic, nr(code));
        let cfgs = command.cfgs();
        let hidden = code_name(command, at);
        let span = generated_at(payload(command).map_or(at, Spanned::span));
        let private = moved(self.private, span);
        let make = format_ident!("{}", code.direction.attribute(), span = span);
        let payload = carried(command, code)
            .map(|ty| quote_spanned!(span=> , <#ty as #private::ioctl::Payload>::CARRIED));
        let made = quote_spanned! {span=>
            const #hidden: #private::ioctl::Code =
                #private::ioctl::#make(#magic, #nr #payload);
        };
        quote_spanned! {generated_at(at)=>
            #(#cfgs)*
            #made
            #(#attributes)*
            #[doc = ""]
            #[doc = #code_doc]
            pub const #name: ::core::primitive::u32 = Self::#hidden.number;
        }
    }

    /// From a number to its handler.
    fn arm(&self, command: &Command, code: &Code) -> TokenStream {
        let span = generated_at(command.ident.span());
        let cfgs = command.cfgs();
        let constant = constant_name(command, span);
        let handler = case::identifier(&case::snake(&command.ident), span);
        let takes = match code.direction {
            Direction::Io => payload(command).is_some(),
            Direction::Ior => false,
            Direction::Iow | Direction::Iowr => true,
        };
        let way = match code.direction {
            Direction::Io if takes => "io_value",
            direction => direction.attribute(),
        };
        let way = Ident::new(way, span);
        let handler = if takes {
            quote_spanned!(span=> |arg| device.#handler(file, arg))
        } else {
            quote_spanned!(span=> || device.#handler(file))
        };
        let call = match carried(command, code) {
            // As the constant says it, so that a type that is no payload is reported once.
            Some(ty) => {
                let span = generated_at(ty.span());
                let private = moved(self.private, span);
                quote_spanned!(span=> <#ty as #private::ioctl::Payload>::#way(call, #handler))
            }
            None => quote_spanned!(span=> call.#way(#handler)),
        };
        quote_spanned! {span=>
            #(#cfgs)*
            Self::#constant => #call,
        }
    }

    /// What only the compiler can compute.
    fn checks(&self, command: &Command, code: &Code) -> TokenStream {
        let name = &self.ioctl.item.ident;
        let cfgs: Vec<_> = command.cfgs().collect();
        let fits = carried(command, code).map(|ty| {
            let span = generated_at(ty.span());
            let hidden = code_name(command, span);
            let private = moved(self.private, span);
            quote_spanned!(span=> #(#cfgs)* const _: () = #private::ioctl::fits(&#name::#hidden);)
        });
        let span = generated_at(code.nr.span);
        let constant = constant_name(command, span);
        let private = moved(self.private, span);
        let earlier = whole(self.ioctl)
            .map(|(other, _)| other)
            .take_while(|other| other.ident != command.ident)
            .filter(|other| may_be_same(command, other));
        let different = earlier.map(|other| {
            let other_cfgs = other.cfgs();
            let other_constant = constant_name(other, span);
            let message = format!(
                "`{}` has the number of `{}`: direction, number and size are the same\n\
                 = help: take a number of its own",
                command.ident, other.ident
            );
            quote_spanned! {span=>
                #(#cfgs)*
                #(#other_cfgs)*
                const _: () = ::core::assert!(#name::#constant != #name::#other_constant, #message);
            }
        });
        quote_spanned! {span=>
            #fits
            #(#cfgs)*
            const _: () = #private::ioctl::free(#name::#constant);
            #(#different)*
        }
    }

    /// What userspace is told.
    fn description(&self, command: &Command, code: &Code) -> TokenStream {
        let private = self.private;
        let enum_name = &self.ioctl.item.ident;
        let cfgs = command.cfgs();
        let constant = constant_name(command, Span::call_site());
        let name = self.c_name(command);
        let text = docs::text(&command.attributes);
        let macro_name = code.direction.c_macro();
        let nr = nr(code);
        let hidden = code_name(command, Span::call_site());
        let takes_value = code.direction == Direction::Io && payload(command).is_some();
        let returns_value = code.returns.is_some();
        quote! {
            #(#cfgs)*
            #private::uapi::Command {
                name: #name,
                docs: #text,
                macro_name: #macro_name,
                nr: #nr,
                number: #enum_name::#constant,
                payload: #enum_name::#hidden.payload,
                takes_value: #takes_value,
                returns_value: #returns_value,
            },
        }
    }

    /// A command as a C header defines it, for those who read the documentation.
    fn code_doc(&self, command: &Command, code: &Code) -> String {
        let magic = self.ioctl.magic.as_ref();
        let magic = magic.map_or("", |magic| magic.written.trim_start_matches('b'));
        format!(
            " `{}`: `{}({magic}, {}{})`",
            self.c_name(command),
            code.direction.c_macro(),
            code.nr.written,
            if carried(command, code).is_some() {
                ", …"
            } else {
                ""
            },
        )
    }

    fn c_name(&self, command: &Command) -> String {
        let prefix = match &self.ioctl.prefix {
            Some(prefix) => prefix.value.clone(),
            None => case::screaming(&self.ioctl.item.ident),
        };
        format!("{prefix}_{}", case::screaming(&command.ident))
    }
}

fn constant_name(command: &Command, span: Span) -> Ident {
    case::identifier(&case::screaming(&command.ident), span)
}

/// The constant with all that is made of a command's code.
fn code_name(command: &Command, span: Span) -> Ident {
    let span = generated_at(span);
    Ident::new(&format!("__{}", case::screaming(&command.ident)), span)
}

fn nr(code: &Code) -> Literal {
    Literal::u8_unsuffixed(code.nr.value as u8)
}

/// The type in a command's parentheses.
fn payload(command: &Command) -> Option<&Type> {
    command.fields.iter().next().map(|field| &field.ty)
}

/// The type that is copied.
fn carried<'a>(command: &'a Command, code: &Code) -> Option<&'a Type> {
    payload(command).filter(|_| code.direction != Direction::Io)
}
