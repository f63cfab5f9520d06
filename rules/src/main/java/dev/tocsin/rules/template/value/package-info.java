/// The values a template computes with, and the few types of Go's standard library that alert
/// templates meet: moments and spans of time.
@NullMarked
package dev.tocsin.rules.template.value;

import org.jspecify.annotations.NullMarked;
