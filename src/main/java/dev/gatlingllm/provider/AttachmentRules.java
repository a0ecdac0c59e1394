package dev.gatlingllm.provider;

import dev.gatlingllm.provider.Attachment.Kind;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an API takes with one message.
 *
 * @param api the API in words
 * @param kinds what it takes of each kind of file; none of a kind that is missing
 */
public record AttachmentRules(String api, Map<Kind, Some> kinds) {

  /**
   * What is taken of one kind of file.
   *
   * @param formats the formats
   * @param mostBytes the largest file
   * @param most how many
   */
  public record Some(Set<String> formats, int mostBytes, int most) {}

  private static final int OPEN_AI_BYTES = 50 << 20;

  /** Keeps the map as it is now. */
  public AttachmentRules {
    kinds = Map.copyOf(kinds);
  }

  /** Images and PDF, as OpenAI takes them: 50 MB in a request. */
  public static AttachmentRules openAi(String api) {
    return new AttachmentRules(
        api,
        Map.of(
            Kind.IMAGE, new Some(Set.of("png", "jpeg", "gif", "webp"), OPEN_AI_BYTES, 500),
            Kind.DOCUMENT, new Some(Set.of("pdf"), OPEN_AI_BYTES, 100)));
  }

  /** An API that takes text only. */
  public static AttachmentRules none(String api) {
    return new AttachmentRules(api, Map.of());
  }

  /** These rules, and what is taken of one more kind. */
  public AttachmentRules and(Kind kind, Some some) {
    Map<Kind, Some> all = new EnumMap<>(Kind.class);
    all.putAll(kinds);
    all.put(kind, some);
    return new AttachmentRules(api, all);
  }

  /**
   * Checks what goes with a message.
   *
   * @throws IllegalArgumentException naming the file and what is accepted
   */
  public void check(List<Attachment> attachments) {
    attachments.forEach(this::check);
    kinds.forEach(
        (kind, some) -> {
          long count = attachments.stream().filter(file -> file.kind() == kind).count();
          if (count > some.most()) {
            throw new IllegalArgumentException(
                "attachments cannot be %d of the kind %s in one message: at most %d for %s"
                    .formatted(count, kind.name().toLowerCase(Locale.ROOT), some.most(), api));
          }
        });
  }

  private void check(Attachment file) {
    Some some = kinds.get(file.kind());
    if (some == null || !some.formats().contains(file.format())) {
      throw new IllegalArgumentException(
          "attachments cannot hold %s: accepted are %s for %s"
              .formatted(file.name(), taken(), api));
    }
    if (file.size() > some.mostBytes()) {
      throw new IllegalArgumentException(
          "attachments cannot hold %s of %d bytes: at most %d for %s"
              .formatted(file.name(), file.size(), some.mostBytes(), api));
    }
  }

  private String taken() {
    Set<String> formats = new TreeSet<>();
    kinds.values().forEach(some -> formats.addAll(some.formats()));
    return formats.isEmpty() ? "no files" : String.join(", ", formats);
  }
}
