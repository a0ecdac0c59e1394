package dev.gatlingllm.provider.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * A body in another format than the one that was expected: the page of a proxy, or an error in the
 * words of a gateway.
 *
 * @param contentType as the response names it; may be empty
 * @param encoding its content encoding; empty if there is none
 * @param bytes its beginning, as far as it was read
 */
record ForeignBody(String contentType, String encoding, SdkBytes bytes) {

  /** An error in a body. Either may be empty. */
  record Words(String code, String message) {}

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern TITLE = Pattern.compile("(?is)<title[^>]*>(.*?)</title>");
  private static final int LONGEST_TITLE = 100;

  /** A body that has it is an error, even without a message. */
  private static final String AWS_CODE = "__type";

  private static final List<String> CODES = List.of(AWS_CODE, "code", "Code", "type", "errorCode");
  private static final List<String> MESSAGES =
      List.of(
          "message",
          "Message",
          "msg",
          "errorMessage",
          "error_description",
          "faultstring",
          "detail",
          "error",
          "title");

  /** Objects or lists in which gateways put an error. */
  private static final List<String> HOLDERS =
      List.of("error", "Error", "errors", "fault", "detail");

  /** Fields of an answer, which is none of an error. */
  private static final List<String> ANSWERS = List.of("output", "choices", "content", "stopReason");

  static ForeignBody of(SdkHttpResponse head, byte[] bytes) {
    return new ForeignBody(contentType(head), encoding(head), SdkBytes.fromByteArrayUnsafe(bytes));
  }

  /** The type without parameters. */
  static String contentType(SdkHttpResponse head) {
    return head.firstMatchingHeader("content-type")
        .map(type -> type.split(";", -1)[0].strip().toLowerCase(Locale.ROOT))
        .orElse("");
  }

  static String encoding(SdkHttpResponse head) {
    return head.firstMatchingHeader("content-encoding")
        .map(name -> name.strip().toLowerCase(Locale.ROOT))
        .filter(name -> !name.equals("identity"))
        .orElse("");
  }

  /** What it is, with its title if it is a page, such as {@code text/html ("502 Bad Gateway")}. */
  String described() {
    if (bytes.asByteArrayUnsafe().length == 0) {
      return "an empty body";
    }
    String type = contentType.isEmpty() ? "a body without a content type" : contentType;
    String encoded = encoding.isEmpty() ? type : type + " in the encoding " + encoding;
    String title = encoding.isEmpty() ? title() : "";
    return title.isEmpty() ? encoded : encoded + " (\"" + title + "\")";
  }

  private String title() {
    Matcher title = TITLE.matcher(new String(bytes.asByteArrayUnsafe(), StandardCharsets.UTF_8));
    if (!title.find()) {
      return "";
    }
    String text = title.group(1).strip().replaceAll("\\s+", " ");
    return text.length() <= LONGEST_TITLE ? text : text.substring(0, LONGEST_TITLE - 1) + "…";
  }

  /** The error in it, in any of the shapes that services and gateways have for one. */
  Optional<Words> error() {
    try {
      JsonNode json = JSON.readTree(bytes.asByteArrayUnsafe());
      return ANSWERS.stream().anyMatch(json::has) ? Optional.empty() : words(json);
    } catch (IOException ignored) {
      // not JSON: there are no words in it
      return Optional.empty();
    }
  }

  private static Optional<Words> words(JsonNode json) {
    if (json.isArray()) {
      return StreamSupport.stream(json.spliterator(), false)
          .flatMap(element -> words(element).stream())
          .findFirst();
    }
    for (String holder : HOLDERS) {
      JsonNode held = json.path(holder);
      Optional<Words> found = held.isContainerNode() ? words(held) : Optional.empty();
      if (found.isPresent()) {
        return found;
      }
    }
    Words words = new Words(first(json, CODES), first(json, MESSAGES));
    return words.message().isEmpty() && !json.has(AWS_CODE) ? Optional.empty() : Optional.of(words);
  }

  private static String first(JsonNode json, List<String> names) {
    return names.stream()
        .map(json::path)
        .filter(value -> value.isTextual() || value.isNumber())
        .map(JsonNode::asText)
        .filter(text -> !text.isBlank())
        .findFirst()
        .orElse("");
  }

  /** Leaves out the bytes, which may be text of the model. */
  @Override
  public String toString() {
    return "ForeignBody[" + contentType + ", " + bytes.asByteArrayUnsafe().length + " bytes]";
  }
}
