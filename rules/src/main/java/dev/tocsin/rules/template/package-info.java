/// The template language of alert labels and annotations: Go's text/template with the functions,
/// variables and error texts of Prometheus. [dev.tocsin.rules.template.Template] is the way in.
@NullMarked
package dev.tocsin.rules.template;

import org.jspecify.annotations.NullMarked;
