/// What a query is, once parsed and checked: an immutable tree. No text, no data.
@NullMarked
package dev.tocsin.promql.ast;

import org.jspecify.annotations.NullMarked;
