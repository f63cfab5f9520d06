package dev.tocsin.rules.template;

/// A function refuses its arguments. The executor adds where that was.
final class CallFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CallFailure(String message) {
    super(message);
  }

  /// What Go's run time says where a program follows a null pointer.
  static CallFailure nilPointer() {
    return new CallFailure("runtime error: invalid memory address or nil pointer dereference");
  }
}
