/// Tests.
@NullMarked
package dev.tocsin.deliver.wire;

import org.jspecify.annotations.NullMarked;
