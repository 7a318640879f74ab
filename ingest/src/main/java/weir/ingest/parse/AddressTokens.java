// SPDX-License-Identifier: Apache-2.0
package weir.ingest.parse;

import weir.engine.schema.IpAddress;
import weir.engine.segment.AddressPool;

/// The address tokens of a segment. Spellings of one address get one id, so that rows hold the
/// address and not its spelling.
final class AddressTokens extends TokenTable {
    private final AddressPool pool;

    AddressTokens(AddressPool pool) {
        this.pool = pool;
    }

    @Override
    int admit(byte[] bytes, int from, int to) {
        IpAddress address = IpAddress.parse(bytes, from, to);
        return address == null ? -1 : pool.idOf(address.high(), address.low());
    }
}
