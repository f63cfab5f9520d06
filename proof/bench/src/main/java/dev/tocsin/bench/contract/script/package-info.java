/// Cases: rule files and the inputs that go through both sides.
@NullMarked
package dev.tocsin.bench.contract.script;

import org.jspecify.annotations.NullMarked;
