/// From the text of a template to its tree. The grammar and the error texts are those of Go's
/// text/template/parse.
@NullMarked
package dev.tocsin.rules.template.parse;

import org.jspecify.annotations.NullMarked;
