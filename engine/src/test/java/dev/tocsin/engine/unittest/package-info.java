/// Tests of the package of the same name.
@NullMarked
package dev.tocsin.engine.unittest;

import org.jspecify.annotations.NullMarked;
