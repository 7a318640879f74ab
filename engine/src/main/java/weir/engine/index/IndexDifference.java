// SPDX-License-Identifier: Apache-2.0
package weir.engine.index;

/// Where an index is not what its rows make it.
///
/// @param expected what the rows say
/// @param found what the index says
public record IndexDifference(String expected, String found) {}
