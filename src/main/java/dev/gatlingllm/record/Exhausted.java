package dev.gatlingllm.record;

import java.util.Arrays;
import java.util.Optional;

/**
 * Resources of the client that can run out, so that a call fails through no fault of the service.
 */
public enum Exhausted {
  /** Sockets and files that the process may have open. */
  FILE_DESCRIPTORS("file descriptors"),
  /** Ports of this machine for connections to one address. */
  LOCAL_PORTS("local ports"),
  /** Threads that the process may have. */
  THREADS("threads"),
  /** Heap, direct memory or memory of the system. */
  MEMORY("memory");

  /** The beginning of the error of such a call. */
  public static final String ERROR = "client exhausted: ";

  private final String words;

  Exhausted(String words) {
    this.words = words;
  }

  /** Its name in the error of a call. */
  public String words() {
    return words;
  }

  /** The resource that the error of a call names; empty if it names none. */
  public static Optional<Exhausted> ofError(String error) {
    return Arrays.stream(values()).filter(one -> error.equals(ERROR + one.words)).findFirst();
  }
}
