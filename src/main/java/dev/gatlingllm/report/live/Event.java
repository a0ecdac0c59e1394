package dev.gatlingllm.report.live;

import java.nio.charset.StandardCharsets;

/** Writes server-sent events. */
final class Event {

  private Event() {}

  /**
   * An event in bytes.
   *
   * @param data one line
   */
  static byte[] bytes(String name, String data) {
    if (data.indexOf('\n') >= 0 || data.indexOf('\r') >= 0) {
      throw new IllegalArgumentException("the data of an event is one line");
    }
    return ("event: " + name + "\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
  }
}
