package dev.gatlingllm.provider.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds code and message in the error object of any service: those of OpenAI, Azure, its gateway,
 * AWS and Google, lists of errors, FastAPI's and problem details (RFC 9457), OAuth's, and faults of
 * gateways. What a service repeats of the request ({@code input}, {@code ctx}) is left out.
 */
final class ErrorShapes {

  private static final int MOST_MESSAGES = 3;
  private static final int LONGEST_MESSAGE = 2_000;
  private static final int DEEPEST = 8;

  /** Hold the error of an object that has more to say than that. */
  private static final List<String> NESTED =
      List.of("error", "errors", "fault", "exception", "base_resp");

  /** In the order in which they are believed. */
  private static final List<String> MESSAGES =
      List.of(
          "message",
          "Message",
          "msg",
          "errorMessage",
          "error_message",
          "error_msg",
          "status_msg",
          "error_description",
          "faultstring",
          "detail",
          "details",
          "title",
          "description",
          "reason");

  private static final List<String> CODES =
      List.of(
          "code",
          "Code",
          "errorCode",
          "error_code",
          "errorcode",
          "statusCode",
          "status_code",
          "__type",
          "type",
          "status");

  private static final Set<String> ONLY_OF_ERRORS =
      Set.of(
          "errors",
          "fault",
          "exception",
          "base_resp",
          "error_code",
          "error_msg",
          "error_message",
          "errorCode",
          "errorMessage");

  private ErrorShapes() {}

  /**
   * The error in a tree of {@link JsonTree}.
   *
   * @return empty if nothing in it is a message or a nested error
   */
  static Optional<ServiceError> of(Object tree) {
    return of(tree, DEEPEST);
  }

  /**
   * The error in an object of a stream whose shape no answer has: with a field that only an error
   * has, or success denied.
   *
   * @return empty if it may be something else
   */
  static Optional<ServiceError> unmistakable(Object tree) {
    // Gemini sends a list of one.
    boolean listed =
        tree instanceof List<?> list
            && !list.isEmpty()
            && list.get(0) instanceof Map<?, ?> first
            && first.containsKey("error");
    return listed || (tree instanceof Map<?, ?> object && isUnmistakable(object))
        ? of(tree).filter(error -> !error.saysAllIsWell())
        : Optional.empty();
  }

  private static boolean isUnmistakable(Map<?, ?> object) {
    return "false".equals(object.get("success"))
        || object.keySet().stream()
            .map(String::valueOf)
            .anyMatch(name -> ONLY_OF_ERRORS.contains(name) || isException(name));
  }

  /** {@code throttlingException}: how Bedrock names the errors of its streams. */
  private static boolean isException(String name) {
    return name.endsWith("Exception");
  }

  private static Optional<ServiceError> of(Object tree, int depth) {
    if (depth == 0) {
      return Optional.empty();
    }
    if (tree instanceof List<?> list) {
      return ofList(list, depth);
    }
    return tree instanceof Map<?, ?> object ? ofObject(object, depth) : Optional.empty();
  }

  private static Optional<ServiceError> ofList(List<?> list, int depth) {
    List<ServiceError> errors =
        list.stream()
            .limit(MOST_MESSAGES)
            .flatMap(
                each ->
                    (each instanceof String text
                            ? Optional.of(new ServiceError("", text))
                            : of(each, depth - 1))
                        .stream())
            .toList();
    if (errors.isEmpty()) {
      return Optional.empty();
    }
    String code =
        errors.stream().map(ServiceError::code).filter(c -> !c.isEmpty()).findFirst().orElse("");
    String rest = list.size() > MOST_MESSAGES ? " (of " + list.size() + ")" : "";
    return Optional.of(
        error(
            code,
            errors.stream().map(ServiceError::message).collect(Collectors.joining("; ")) + rest));
  }

  private static Optional<ServiceError> ofObject(Map<?, ?> object, int depth) {
    Optional<ServiceError> nested =
        NESTED.stream()
            .flatMap(name -> nested(object.get(name), depth).stream())
            .findFirst()
            .or(() -> exception(object, depth));
    String code = code(object);
    String message = message(object, depth);
    if (nested.isPresent()) {
      ServiceError inner = nested.get();
      // OAuth: {"error": "invalid_client", "error_description": "…"}; else the inner one knows
      // best.
      boolean named = inner.code().isEmpty() && object.get("error") instanceof String;
      return Optional.of(
          named && !message.isEmpty()
              ? error(code.isEmpty() ? inner.message() : code, message)
              : error(
                  inner.code().isEmpty() ? code : inner.code(),
                  inner.message().isEmpty() ? message : inner.message()));
    }
    return message.isEmpty()
        ? Optional.empty()
        : Optional.of(error(code.isEmpty() ? codeBelow(object, depth) : code, message));
  }

  private static Optional<ServiceError> exception(Map<?, ?> object, int depth) {
    return object.entrySet().stream()
        .filter(field -> isException(String.valueOf(field.getKey())))
        .filter(field -> field.getValue() instanceof Map)
        .findFirst()
        .map(
            field ->
                new ServiceError(
                    String.valueOf(field.getKey()),
                    of(field.getValue(), depth - 1).map(ServiceError::message).orElse("")));
  }

  private static Optional<ServiceError> nested(Object value, int depth) {
    if (value instanceof String text) {
      return text.isBlank() ? Optional.empty() : Optional.of(new ServiceError("", text));
    }
    return value instanceof Map<?, ?> object && !object.isEmpty()
        ? Optional.of(of(object, depth - 1).orElseGet(() -> new ServiceError(code(object), "")))
        : of(value, depth - 1);
  }

  private static String message(Map<?, ?> object, int depth) {
    List<String> found = new ArrayList<>();
    for (String name : MESSAGES) {
      text(object.get(name), depth).ifPresent(found::add);
    }
    if (found.isEmpty()) {
      return of(object.get("innererror"), depth - 1).map(ServiceError::message).orElse("");
    }
    String place = place(object.get("loc"));
    boolean problem =
        object.get("title") instanceof String && object.get("detail") instanceof String;
    String message = problem ? object.get("title") + ": " + object.get("detail") : found.get(0);
    return place.isEmpty() ? message : place + ": " + message;
  }

  /** Of the first structured message. */
  private static String codeBelow(Map<?, ?> object, int depth) {
    return MESSAGES.stream()
        .flatMap(name -> of(object.get(name), depth - 1).stream())
        .map(ServiceError::code)
        .findFirst()
        .orElse("");
  }

  private static Optional<String> text(Object value, int depth) {
    Optional<String> text =
        value instanceof String itself
            ? Optional.of(itself)
            : of(value, depth - 1).map(ServiceError::message);
    return text.filter(words -> !words.isBlank());
  }

  /** Where in the request FastAPI found it: {@code ["body", "messages", 0]}. */
  private static String place(Object loc) {
    return loc instanceof List<?> parts
        ? parts.stream().map(String::valueOf).collect(Collectors.joining("."))
        : "";
  }

  private static String code(Map<?, ?> object) {
    Stream<Map<?, ?>> places =
        object.get("detail") instanceof Map<?, ?> detail
            ? Stream.of(object, detail)
            : Stream.of(object);
    List<String> codes =
        places
            .flatMap(place -> CODES.stream().map(place::get))
            .filter(String.class::isInstance)
            .map(value -> withoutSpace((String) value))
            .filter(value -> !value.isBlank() && !value.contains("/") && !value.contains(":"))
            .toList();
    // One of them may say what the others number.
    return codes.stream()
        .filter(ServiceError::asksToSlowDown)
        .findFirst()
        .orElse(codes.isEmpty() ? "" : codes.get(0));
  }

  /** {@code com.amazon.coral.service#AccessDeniedException}. */
  private static String withoutSpace(String code) {
    return code.substring(code.indexOf('#') + 1);
  }

  private static ServiceError error(String code, String said) {
    String message = said.strip();
    return new ServiceError(
        code,
        message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) + "…" : message);
  }
}
