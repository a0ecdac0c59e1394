/**
 * Texts for people: those from elsewhere (names of models, errors of services, labels, file names)
 * made harmless for the format they are written in, and numbers with their nouns. Uses the JDK
 * alone.
 */
package dev.gatlingllm.text;
