// expect: INERT {"ok":true}
﻿export default { run: () => ({ ok: true }) /* ‮ */ }
