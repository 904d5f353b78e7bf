// SPDX-License-Identifier: GPL-2.0-only
//! The tokens of `#[kernel_module]`.
//!
//! The tokens of the template carry the call site's span, the user's only where a name or a type
//! of the user's stands: an `unsafe` with a user's span would be the user's under
//! `forbid(unsafe_code)`.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::{Module, modinfo, panic, told};
use crate::instance::{self, statics::statics};
use crate::keys;
use crate::params::expand as params;
use crate::tokens::{c_str, generated_at};

/// The struct, its parameters, and all that makes it a module.
pub fn expand(module: &Module, krate: &TokenStream) -> TokenStream {
    let private = &quote!(#krate::__private);
    let instance = &module.instance;
    let item = &instance.item;
    let structure = params::structure(module, private);
    if instance.misshapen {
        return quote!(#item #structure);
    }
    let ident = &item.ident;
    let params_type = params::struct_name(module);
    let params_value = params::value(module, private);
    let params_assertions = params::assertions(module);
    let params_watched = params::watched(module, private);
    let firmware = firmware(module);
    let name = c_str(module.name.as_ref().map_or("", |name| &name.value));
    let fields = instance::expand::fields(instance, private);
    let sizes = instance::expand::sizes(instance, private);
    let objects = statics(&instance.fields, private);
    let entry_points = entry_points(module, private);
    let told = told::expand(module, private);
    let belongs = instance::expand::belongs(ident, private);
    let params_written = module.params.iter().map(|param| &param.written);
    let fields_written = instance.fields.iter().map(|field| &field.written);
    let written = [&module.written].into_iter().chain(params_written);
    let keys = keys::expand(written.chain(fields_written), private);
    quote! {
        #item
        #structure
        const _: () = {
            static __KMOD_PARAMS: #params_type = #params_value;
            #params_assertions
            #keys

            #fields

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
                #firmware
                const SLOT: *const #private::ModuleSlot<#ident> = {
                    static SLOT: #private::ModuleSlot<#ident> = #private::ModuleSlot::new();
                    &raw const SLOT
                };
                fn objects() -> &'static [&'static dyn #private::Object] {
                    #objects
                }
                #params_watched
            }

            // SAFETY: The struct is shared (asserted above).
            unsafe impl #private::Instance for #ident {
                type Place = #private::Static<#ident>;
            }
            impl #private::Provides<()> for #ident {}
            impl #private::Provides<#ident> for #ident {}
            #belongs

            #sizes

            #entry_points
            #told
        };
    }
}

/// The files of the key `firmware`, for `firmware_name!`.
fn firmware(module: &Module) -> Option<TokenStream> {
    let files = module.firmware.iter().map(|file| &file.value);
    (!module.firmware.is_empty()).then(|| {
        quote! {
            const FIRMWARE: &'static [&'static str] = &[#(#files),*];
        }
    })
}

/// What the kernel finds in the object file.
fn entry_points(module: &Module, private: &TokenStream) -> TokenStream {
    let ident = &module.instance.item.ident;
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
