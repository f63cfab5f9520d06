/// Every named limit, with its reason.
@NullMarked
package dev.tocsin.model.limit;

import org.jspecify.annotations.NullMarked;
