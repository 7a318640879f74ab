// SPDX-License-Identifier: Apache-2.0
package weir.testkit.generate;

/// Which network the generated traffic runs over.
public enum EstatePreset {
    /// About 500 interfaces in ten VPCs and tens of thousands of outside addresses, a few of them
    /// with most of the traffic.
    REALISTIC,
    /// The same interfaces, but traffic is mostly with the outside, whose addresses are mostly
    /// picked evenly from two million: about a quarter million distinct ones in a million records.
    /// Use it with an aggregation of 600 s to make times spread as well.
    HARD
}
