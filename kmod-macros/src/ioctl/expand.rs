// SPDX-License-Identifier: GPL-2.0-only
//! The tokens of `#[ioctl]`.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::Type;
use syn::spanned::Spanned;

use super::check::may_be_same;
use super::{Code, Command, Direction, Ioctl};
use crate::case;
use crate::syntax::docs;
use crate::tokens::{call_at, generated_at, item_at, moved};
use crate::uapi;

/// The numbers, the trait of the handlers, the way from one to the other, the checks, and what
/// userspace is told.
pub fn expand(ioctl: &Ioctl, krate: &TokenStream) -> TokenStream {
    let item = &ioctl.item;
    if ioctl.misshapen {
        return quote!(#item);
    }
    let (name, vis, attributes) = (&item.ident, &item.vis, &item.attrs);
    let private = &quote!(#krate::__private);
    let handler = &handler_trait(ioctl);
    let magic = match &ioctl.magic {
        Some(magic) => Literal::byte_character(magic.value as u8),
        // It is missing, which was reported.
        None => Literal::byte_character(0),
    };
    let site = Site {
        ioctl,
        krate,
        private,
        handler,
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
        quote! {
            Commands {
                name: #name_shown,
                docs: #text,
                magic: #magic,
                commands: &[#(#described)*],
            }
        },
        private,
    );
    let enum_token = &item.enum_token;
    quote! {
        #(#attributes)*
        #vis #enum_token #name {}

        impl #name {
            #(#constants)*
        }

        #[doc = #doc]
        #vis trait #handler: #krate::file::FileOperations {
            #(#methods)*
        }

        impl<D: #handler> #private::ioctl::Dispatch<D> for #name {
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

/// The name of the trait, at the enum's.
fn handler_trait(ioctl: &Ioctl) -> Ident {
    let name = &ioctl.item.ident;
    format_ident!("{}Handler", name, span = generated_at(name.span()))
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
    handler: &'a Ident,
    magic: &'a Literal,
}

impl Site<'_> {
    /// The handler of a command, even of a refused one: the user has written it.
    fn method(&self, command: &Command) -> TokenStream {
        let Some(code) = &command.code else {
            return TokenStream::new();
        };
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
        // The compiler compares the signature with the user's, part by part.
        let span = generated_at(command.ident.span());
        let value = match (value, code.returns) {
            (Some(ty), _) => quote_spanned!(span=> <#ty>),
            (None, Some(_)) => {
                let (open, close) = (quote_spanned!(span=> <), quote_spanned!(span=> >));
                quote!(#open ::core::primitive::u32 #close)
            }
            (None, None) => TokenStream::new(),
        };
        let krate = self.krate;
        let (begin, me, end) = (
            quote_spanned!(span=> fn),
            quote_spanned!(span=> &self),
            quote_spanned!(span=> ;),
        );
        let (refers, close) = (quote_spanned!(span=> &), quote_spanned!(span=> >));
        let file = item_at(span, &quote!(#krate::file), "File");
        let result = item_at(span, &quote!(#krate::error), "Result");
        let argument = argument.into_iter();
        quote! {
            #(#attributes)*
            #[doc = ""]
            #[doc = #code_doc]
            #begin #name(
                #me,
                file: #refers #file<'_, Self #close,
                #(#argument,)*
            ) -> #result #value #end
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
        let hidden = code_name(command);
        let private = self.private;
        let make = format_ident!("{}", code.direction.attribute());
        let payload =
            carried(command, code).map(|ty| quote!(, <#ty as #private::ioctl::Payload>::CARRIED));
        quote! {
            #(#cfgs)*
            const #hidden: #private::ioctl::Code =
                #private::ioctl::#make(#magic, #nr #payload);
            #(#attributes)*
            #[doc = ""]
            #[doc = #code_doc]
            pub const #name: ::core::primitive::u32 = Self::#hidden.number;
        }
    }

    /// From a number to its handler.
    fn arm(&self, command: &Command, code: &Code) -> TokenStream {
        let (private, handler) = (self.private, self.handler);
        let cfgs = command.cfgs();
        let constant = constant_name(command, Span::call_site());
        let name = case::identifier(&case::snake(&command.ident), Span::call_site());
        let takes = match code.direction {
            Direction::Io => payload(command).is_some(),
            Direction::Ior => false,
            Direction::Iow | Direction::Iowr => true,
        };
        let way = match code.direction {
            Direction::Io if takes => "io_value",
            direction => direction.attribute(),
        };
        let way = Ident::new(way, Span::call_site());
        // By its trait: `FileOperations` may have a handler of the same name.
        let handler = if takes {
            quote!(|arg| <D as #handler>::#name(device, file, arg))
        } else {
            quote!(|| <D as #handler>::#name(device, file))
        };
        let call = match carried(command, code) {
            Some(ty) => quote!(<#ty as #private::ioctl::Payload>::#way(call, #handler)),
            None => quote!(call.#way(#handler)),
        };
        // Before anything is copied, as in C.
        let call = match code.capability {
            None => call,
            Some(capability) => {
                let capability = capability.constant(private);
                quote!(#private::ioctl::restricted(#capability, || #call))
            }
        };
        quote! {
            #(#cfgs)*
            Self::#constant => #call,
        }
    }

    /// What only the compiler can compute.
    fn checks(&self, command: &Command, code: &Code) -> TokenStream {
        let name = &self.ioctl.item.ident;
        let cfgs: Vec<_> = command.cfgs().collect();
        let fits = carried(command, code).map(|ty| {
            let hidden = code_name(command);
            let private = self.private;
            let fits = call_at(
                generated_at(ty.span()),
                quote!(#private::ioctl::fits),
                quote!(&#name::#hidden),
            );
            quote!(#(#cfgs)* const _: () = #fits;)
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
        let mut text = docs::text(&command.attributes);
        if let Some(capability) = code.capability {
            text = format!("{text}\nNeeds {}.", capability.name)
                .trim()
                .to_owned();
        }
        let macro_name = code.direction.c_macro();
        let nr = nr(code);
        let hidden = code_name(command);
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
            " `{}`: `{}({magic}, {}{})`{}",
            self.c_name(command),
            code.direction.c_macro(),
            code.nr.written,
            if carried(command, code).is_some() {
                ", …"
            } else {
                ""
            },
            match code.capability {
                Some(capability) => format!("; needs `{}`", capability.name),
                None => String::new(),
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
fn code_name(command: &Command) -> Ident {
    let name = format!("__{}", case::screaming(&command.ident));
    Ident::new(&name, Span::call_site())
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
