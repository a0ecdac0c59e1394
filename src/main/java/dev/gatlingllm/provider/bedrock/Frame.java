package dev.gatlingllm.provider.bedrock;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.gatlingllm.provider.MalformedAnswerException;
import dev.gatlingllm.provider.json.JsonScanner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * One message of an event stream, as a view of the bytes it came in: valid only until the decoder
 * that made it goes on. Headers are looked up in place, because two of them are wanted and a map of
 * all would cost more than the look-up.
 */
final class Frame {

  private static final int STRING = 7;

  private final byte[] bytes;
  private final int headersFrom;
  private final int payloadFrom;
  private final int payloadTo;

  Frame(byte[] bytes, int headersFrom, int payloadFrom, int payloadTo) {
    this.bytes = bytes;
    this.headersFrom = headersFrom;
    this.payloadFrom = payloadFrom;
    this.payloadTo = payloadTo;
  }

  /** Begins to scan the payload, which is JSON. */
  void scan(JsonScanner json) {
    json.start(bytes, payloadFrom, payloadTo - payloadFrom);
  }

  /** The payload as text. */
  String text() {
    return new String(bytes, payloadFrom, payloadTo - payloadFrom, StandardCharsets.UTF_8).strip();
  }

  /** A parser of the payload, which is JSON. */
  JsonParser payload(JsonFactory json) throws IOException {
    return json.createParser(bytes, payloadFrom, payloadTo - payloadFrom);
  }

  /**
   * The value of a string header, or the empty string if there is none of this name.
   *
   * @throws MalformedAnswerException if the headers do not follow the format
   */
  String header(String name) {
    int at = headersFrom;
    while (at < payloadFrom) {
      int nameLength = bytes[at] & 0xff;
      int type = at + 1 + nameLength;
      int valueFrom = type + 1;
      if (nameLength == 0 || valueFrom > payloadFrom) {
        throw new MalformedAnswerException("a header's name does not fit in its frame");
      }
      int valueTo = valueTo(bytes[type], valueFrom);
      if (valueTo > payloadFrom) {
        throw new MalformedAnswerException("a header's value does not fit in its frame");
      }
      if (bytes[type] == STRING && named(name, at + 1, nameLength)) {
        int textFrom = valueFrom + 2;
        return new String(bytes, textFrom, valueTo - textFrom, StandardCharsets.UTF_8);
      }
      at = valueTo;
    }
    return "";
  }

  private int valueTo(byte type, int valueFrom) {
    return switch (type) {
      case 0, 1 -> valueFrom;
      case 2 -> valueFrom + 1;
      case 3 -> valueFrom + 2;
      case 4 -> valueFrom + 4;
      case 5, 8 -> valueFrom + 8;
      case 6, STRING -> valueFrom + 2 + lengthAt(valueFrom);
      case 9 -> valueFrom + 16;
      default -> throw new MalformedAnswerException("unknown type of header: " + type);
    };
  }

  private int lengthAt(int at) {
    if (at + 2 > payloadFrom) {
      throw new MalformedAnswerException("a header's length does not fit in its frame");
    }
    return ((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff);
  }

  private boolean named(String name, int from, int length) {
    if (length != name.length()) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (bytes[from + i] != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
