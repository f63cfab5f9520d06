package dev.tocsin.rules.file;

import dev.tocsin.rules.template.Template;

/// A label or annotation of an alert rule.
///
/// @param text as written
/// @param template the text, parsed
public record TemplateEntry(String name, String text, Template template) {}
