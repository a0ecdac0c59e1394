package dev.gatlingllm.provider;

import java.io.IOException;
import java.net.BindException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Recognises exceptions which mean that this machine or this JVM ran out of something: never the
 * fault of the service. The JDK and Netty have no types for that, so the wording decides.
 */
final class Exhaustion {

  static final String FILE_DESCRIPTORS = "file descriptors";
  static final String LOCAL_PORTS = "local ports";
  static final String THREADS = "threads";
  static final String MEMORY = "memory";

  private static final int DEEPEST_CAUSE = 10;

  /** EMFILE and ENFILE. */
  private static final Pattern TOO_MANY_FILES =
      Pattern.compile("Too many open files|error\\(-2[34]\\)", Pattern.CASE_INSENSITIVE);

  /** EADDRNOTAVAIL, on Linux and on macOS. */
  private static final Pattern NO_ADDRESS =
      Pattern.compile(
          "(Cannot|Can't) assign requested address|error\\(-(99|49)\\)", Pattern.CASE_INSENSITIVE);

  /** ENOMEM and ENOBUFS. */
  private static final Pattern NO_MEMORY =
      Pattern.compile("Cannot allocate memory|No buffer space available", Pattern.CASE_INSENSITIVE);

  private Exhaustion() {}

  /** What ran out, in words that are the code of the failure. */
  static Optional<String> of(Throwable thrown) {
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
      Optional<String> resource = ofOne(cause);
      if (resource.isPresent()) {
        return resource;
      }
      cause = cause.getCause();
    }
    return Optional.empty();
  }

  private static Optional<String> ofOne(Throwable cause) {
    String message = cause.getMessage() == null ? "" : cause.getMessage();
    if (cause instanceof OutOfMemoryError) {
      return Optional.of(message.contains("thread") ? THREADS : MEMORY);
    }
    if (!(cause instanceof IOException) && !(cause instanceof InternalError)) {
      return Optional.empty();
    }
    if (TOO_MANY_FILES.matcher(message).find()) {
      return Optional.of(FILE_DESCRIPTORS);
    }
    if (cause instanceof BindException || NO_ADDRESS.matcher(message).find()) {
      return Optional.of(LOCAL_PORTS);
    }
    return NO_MEMORY.matcher(message).find() ? Optional.of(MEMORY) : Optional.empty();
  }
}
