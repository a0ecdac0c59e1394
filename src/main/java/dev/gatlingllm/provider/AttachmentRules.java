package dev.gatlingllm.provider;

import java.util.List;
import java.util.Set;

/**
 * What an API takes with one message.
 *
 * @param api the API in words
 * @param formats the formats it knows
 * @param mostImageBytes largest image
 * @param mostDocumentBytes largest document
 * @param mostImages most images
 * @param mostDocuments most documents
 */
public record AttachmentRules(
    String api,
    Set<String> formats,
    int mostImageBytes,
    int mostDocumentBytes,
    int mostImages,
    int mostDocuments) {

  private static final int MEBIBYTE = 1 << 20;

  /** Images and PDF, as OpenAI takes them: 50 MB in a request. */
  public static AttachmentRules openAi(String api) {
    return new AttachmentRules(
        api, Set.of("png", "jpeg", "gif", "webp", "pdf"), 50 * MEBIBYTE, 50 * MEBIBYTE, 500, 100);
  }

  /** An API that takes text only. */
  public static AttachmentRules none(String api) {
    return new AttachmentRules(api, Set.of(), 0, 0, 0, 0);
  }

  /**
   * Checks what goes with a message.
   *
   * @throws IllegalArgumentException naming the file and what is accepted
   */
  public void check(List<Attachment> attachments) {
    attachments.forEach(this::check);
    count(attachments, Attachment.Kind.IMAGE, mostImages, "images");
    count(attachments, Attachment.Kind.DOCUMENT, mostDocuments, "documents");
  }

  private void check(Attachment attachment) {
    if (!formats.contains(attachment.format())) {
      throw new IllegalArgumentException(
          "attachments cannot hold "
              + attachment.name()
              + ": "
              + api
              + (formats.isEmpty()
                  ? " takes text only"
                  : " takes " + String.join(", ", formats.stream().sorted().toList())));
    }
    int most = attachment.kind() == Attachment.Kind.IMAGE ? mostImageBytes : mostDocumentBytes;
    if (attachment.size() > most) {
      throw new IllegalArgumentException(
          "attachments cannot hold %s: %s takes at most %d bytes, it has %d"
              .formatted(attachment.name(), api, most, attachment.size()));
    }
  }

  private void count(List<Attachment> all, Attachment.Kind kind, int most, String what) {
    long count = all.stream().filter(attachment -> attachment.kind() == kind).count();
    if (count > most) {
      throw new IllegalArgumentException(
          "attachments cannot be %d %s in one message: %s takes at most %d"
              .formatted(count, what, api, most));
    }
  }
}
