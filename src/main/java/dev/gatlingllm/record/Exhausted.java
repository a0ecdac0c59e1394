package dev.gatlingllm.record;

import java.util.Arrays;
import java.util.Optional;

/** What the client itself can run out of, so that a call fails without the service's doing. */
public enum Exhausted {
  /** Sockets and files that the process may have open. */
  FILE_DESCRIPTORS("file descriptors"),
  /** Ports of this machine for connections to one address. */
  LOCAL_PORTS("local ports"),
  /** Threads that the process may have. */
  THREADS("threads"),
  /** Heap, direct memory or memory of the system. */
  MEMORY("memory");

  /** With what the error of such a call begins. */
  public static final String ERROR = "client exhausted: ";

  private final String words;

  Exhausted(String words) {
    this.words = words;
  }

  /** Its name in the error of a call. */
  public String words() {
    return words;
  }

  /** What the error of a call says ran out; empty if it says something else. */
  public static Optional<Exhausted> ofError(String error) {
    return Arrays.stream(values()).filter(one -> error.equals(ERROR + one.words)).findFirst();
  }
}
