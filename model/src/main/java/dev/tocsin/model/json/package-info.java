/// JSON, written.
@NullMarked
package dev.tocsin.model.json;

import org.jspecify.annotations.NullMarked;
