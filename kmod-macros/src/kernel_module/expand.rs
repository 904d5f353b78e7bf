// SPDX-License-Identifier: GPL-2.0-only
//! `#[kernel_module]`
//!
//! The tokens of the template carry the call site's span, the user's only where a name or a type
//! of the user's stands: an `unsafe` with a user's span would be the user's under
//! `forbid(unsafe_code)`.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::{modinfo, panic};
use crate::expand::object;
use crate::kernel_module::{Field, Module};
use crate::keys;
use crate::objects::Object;
use crate::params::expand as params;
use crate::tokens::{c_str, call_at, generated_at};

/// The struct, its parameters, and all that makes it a module.
pub fn expand(module: &Module, krate: &TokenStream) -> TokenStream {
    let private = &quote!(#krate::__private);
    let item = &module.item;
    let structure = params::structure(module, private);
    if module.misshapen {
        return quote!(#item #structure);
    }
    let ident = &item.ident;
    let params_type = params::struct_name(module);
    let params_value = params::value(module, private);
    let params_assertions = params::assertions(module);
    let params_watched = params::watched(module, private);
    let name = c_str(module.name.as_ref().map_or("", |name| &name.value));
    let fields = module
        .fields
        .iter()
        .map(|field| object::items(field, ident, private));
    let sizes = sizes(module, private);
    let states = module
        .fields
        .iter()
        .filter(|field| !asks_for_shared(field))
        .map(|field| state(field, private));
    let shared = shared(module, private);
    let objects = object::statics(&module.fields, private);
    let entry_points = entry_points(module, private);
    let keys = keys::expand(module, private);
    quote! {
        #item
        #structure
        const _: () = {
            static __KMOD_PARAMS: #params_type = #params_value;
            #params_assertions
            #keys

            // What is wrong with a field is to be reported before what follows from it.
            #(#states)*
            #(#fields)*
            #shared

            impl #krate::ModuleInfo for #ident {
                type Params = #params_type;
                fn params() -> &'static #params_type {
                    &__KMOD_PARAMS
                }
            }

            // SAFETY: A crate has one module (`a_crate_has_one_kernel_module` below), it and its
            // objects are statics, every parameter with `on_change` is watched, and the struct is shared
            // (asserted above).
            unsafe impl #private::Module for #ident {
                const NAME: &'static ::core::ffi::CStr = #name;
                const SLOT: *const #private::ModuleSlot<#ident> = {
                    static SLOT: #private::ModuleSlot<#ident> = #private::ModuleSlot::new();
                    &raw const SLOT
                };
                fn objects() -> &'static [&'static dyn #private::Object] {
                    #objects
                }
                #params_watched
            }

            impl #private::Provides<()> for #ident {
                fn provide(&self) -> &() {
                    &()
                }
            }
            impl #private::Provides<#ident> for #ident {
                fn provide(&self) -> &#ident {
                    self
                }
            }

            #sizes

            #entry_points
        };
    }
}

/// Whether the trait of the object's type is for what is shared only, which then is reported there.
fn asks_for_shared(field: &Field) -> bool {
    let object = field.object.as_ref();
    object.is_some_and(|object| {
        matches!(
            object,
            Object::Chrdev(_) | Object::Misc(_) | Object::Sysctl(_)
        )
    })
}

/// The state goes from the process of `insmod` to that of `rmmod`, and handlers share it.
fn state(field: &Field, private: &TokenStream) -> TokenStream {
    let (ty, cfgs) = (&field.ty, &field.cfgs);
    quote! {
        #(#cfgs)*
        const _: () = <#ty as #private::Shared>::CHECKED;
    }
}

/// All of the struct is shared, also what an attribute after ours has put into it. It stays silent
/// where a field is not: that has been reported at the field, or at its type's `impl`.
fn shared(module: &Module, private: &TokenStream) -> TokenStream {
    let ident = &module.item.ident;
    let fields = module.fields.iter().map(|field| {
        let (ty, cfgs) = (&field.ty, &field.cfgs);
        quote!(#(#cfgs)* #private::IsShared::<#ty>::ANSWER,)
    });
    let message = format!(
        "`{ident}` holds what `#[kernel_module]` has not seen, and handlers cannot share it: put \
         the attributes that change the struct above `#[kernel_module]`"
    );
    quote! {
        const _: () = {
            use #private::NotShared as _;
            #private::assert_shared(
                #private::IsShared::<#ident>::ANSWER,
                &[#(#fields)*],
                #message,
            );
        };
    }
}

/// `init` returns the struct by value: it has to fit on the kernel's stack.
fn sizes(module: &Module, private: &TokenStream) -> TokenStream {
    let ident = &module.item.ident;
    let each = module.fields.iter().map(|field| {
        let (ty, cfgs) = (&field.ty, &field.cfgs);
        quote!(#(#cfgs)* ::core::mem::size_of::<#ty>(),)
    });
    let fields = module.fields.iter().map(|field| {
        let (ty, cfgs) = (&field.ty, &field.cfgs);
        let message = format!(
            "field `{}` of `{ident}` is too big for the kernel's stack: put it into a `KBox<..>`",
            field.ident
        );
        let assert_field = call_at(
            generated_at(ty.span()),
            quote!(#private::assert_field_size),
            quote!(::core::mem::size_of::<#ty>(), #message),
        );
        quote! {
            #(#cfgs)*
            const _: () = #assert_field;
        }
    });
    let message = format!(
        "`{ident}` is too big for the kernel's stack: put its larger fields into a `KBox<..>`"
    );
    let assert_size = call_at(
        generated_at(ident.span()),
        quote!(#private::assert_size),
        quote!(::core::mem::size_of::<#ident>(), &[#(#each)*], #message),
    );
    quote! {
        #(#fields)*
        const _: () = #assert_size;
    }
}

/// What the kernel finds in the object file.
fn entry_points(module: &Module, private: &TokenStream) -> TokenStream {
    let ident = &module.item.ident;
    let descriptors = params::descriptors(module, private);
    let modinfo = modinfo::expand(module);
    let panic = panic::expand(module);
    // From there to there the compiler finds it if there are two.
    let (begin, end) = (
        quote_spanned!(generated_at(ident.span())=> macro_rules),
        quote_spanned!(generated_at(ident.span())=> { () => {}; }),
    );
    quote! {
        const _: unsafe fn() -> ::core::ffi::c_int = #private::init::<#ident>;
        #[doc(hidden)]
        #[macro_export]
        #begin! a_crate_has_one_kernel_module #end

        #[cfg(target_os = "none")]
        const _: () = {
            // SAFETY: The kernel's module loader knows the name; nothing else in a module has it.
            #[unsafe(no_mangle)]
            extern "C" fn init_module() -> ::core::ffi::c_int {
                // SAFETY: This is the module's `init_module`.
                unsafe { #private::init::<#ident>() }
            }
            // SAFETY: As for `init_module`.
            #[unsafe(no_mangle)]
            extern "C" fn cleanup_module() {
                // SAFETY: This is the module's `cleanup_module`, called after `init_module`
                // returned 0.
                unsafe { #private::exit::<#ident>() }
            }
            #descriptors
            #modinfo
            #panic
        };
    }
}
